import type { AppDb, StoredRow } from '#db/db.ts'
import { byName, orgTree, placeLabel } from '#domain/orgTree.ts'

/** One person to call: asked, and reached by no channel. */
export interface CallRow {
  call: StoredRow<'call_lead'>
  responder_id: string
  name: string
  phone_masked: string | null
  place: { place_name: string, post_name: string, starts_at: string, ends_at: string } | null
}
/** `silent`: how many people have no account, so that no call-out asks them; only a phone reaches them. */
export interface CallList { callouts: StoredRow<'callout'>[], rows: CallRow[], silent: number }

/**
 * The call list of a community, or of one call-out: people who were never called first, then by tier and name; nobody
 * is ranked.
 */
export async function callRows(db: AppDb, community_id: string, callout_id: string | null): Promise<CallList> {
  const [calls, callouts, units, people] = await Promise.all([
    db.rows('call_lead').toArray(),
    db.rows('callout').toArray(),
    db.rows('org_unit').toArray(),
    db.rows('responder_lead').toArray(),
  ])
  const asked = calls.filter(c => callout_id === null || c.callout_id === callout_id)
  const mine = asked.filter(c => c.community_id === community_id)
  const tree = orgTree(units)
  const rows = await Promise.all(mine.map(call => rowOf(db, call, id => placeLabel(tree, id))))
  const open = new Set(mine.map(c => c.callout_id))
  const own = people.filter(p => p.community_ids.includes(community_id) && p.state !== 'closed')
  return {
    callouts: callouts.filter(c => open.has(c.id)),
    silent: own.filter(p => p.login !== 'active').length,
    rows: rows.filter(r => r !== null).sort((a, b) =>
      a.call.calls - b.call.calls || a.call.tier - b.call.tier || byName(a.name, b.name)
      || (a.call.id < b.call.id ? -1 : 1),
    ),
  }
}

async function rowOf(
  db: AppDb, call: StoredRow<'call_lead'>, label: (unit: string) => string,
): Promise<CallRow | null> {
  const offer = await db.rows('offer_lead').get(call.id)
  if (!offer) return null
  const [person, shift] = await Promise.all([
    db.rows('responder_lead').get(offer.responder_id),
    db.rows('shift').get(offer.shift_id),
  ])
  const post = shift && await db.rows('post').get(shift.post_id)
  const { responder_id, name, slot_starts_at: starts_at, slot_ends_at: ends_at } = offer
  const place = shift && post
    ? { place_name: label(shift.org_unit_id), post_name: post.name, starts_at, ends_at }
    : null
  return { call, responder_id, name, phone_masked: person?.phone_masked ?? null, place }
}
