import type { AppDb, OutboxRow, StoredRow } from '#db/db.ts'
import type { NearShift } from '#domain/nearest.ts'
import type { Span } from '#domain/span.ts'
import type { CalloutKind } from '#domain/words.ts'
import { isBinding } from '#domain/assignment.ts'
import { isFull, nearestOpen } from '#domain/nearest.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { DAY } from '#domain/time.ts'
import { meRow } from './me.ts'
import { againstTaking, isStopped } from './ownShifts.ts'
import { shiftsBetween } from './rosterRows.ts'

/** The one state a request is in; better news never hides worse. */
export type CalloutState = 'ask' | 'waiting' | 'declined' | 'granted' | 'waitlist' | 'full' | 'refused' | 'closed'

/** Everything the call-out screen shows of one request. */
export interface CalloutCard {
  offer: StoredRow<'my_offer'>
  state: CalloutState
  pending: OutboxRow | null
  mine: StoredRow<'my_assignment'> | null
  waitlist: StoredRow<'my_waitlist'> | null
  verdict: StoredRow<'verdict'> | null
  shift: StoredRow<'shift'> | null
  mates: StoredRow<'assignment'>[]
}

/** An open shift one could take instead, with the name of its place; `drill` = it is one of a drill. */
export interface NearPlace extends NearShift<StoredRow<'shift'>> {
  drill: boolean, place_name: string, post_name: string
}

const newest = <T extends { at: string }>(rows: T[]): T | undefined => rows.sort((a, b) => (a.at < b.at ? 1 : -1))[0]

/** Reads one request; undefined when this phone does not know it. */
export async function calloutCard(db: AppDb, offerId: string): Promise<CalloutCard | undefined> {
  const offer = await db.rows('my_offer').get(offerId)
  if (!offer) return undefined
  const [outbox, mine, waiting, verdicts, shift, mates] = await Promise.all([
    db.outbox.where('entities').equals(offerId).sortBy('seq'),
    db.rows('my_assignment').toArray(),
    db.rows('my_waitlist').toArray(),
    db.rows('verdict').toArray(),
    db.rows('shift').get(offer.shift_id),
    db.rows('assignment').where('shift_id').equals(offer.shift_id).toArray(),
  ])
  const own = mine.find(a => a.shift_id === offer.shift_id && isBinding(a.state)) ?? null
  const rows = {
    offer,
    mine: own,
    shift: shift ?? null,
    pending: outbox.at(-1) ?? null,
    waitlist: waiting.find(w => w.shift_id === offer.shift_id && (w.state === 'waiting' || w.state === 'held')) ?? null,
    verdict: newest(verdicts.filter(v => v.status !== 'applied' && v.args?.offer_id === offerId)) ?? null,
    mates: mates.filter(m => m.id !== own?.id && isBinding(m.state)),
  }
  return { ...rows, state: stateOf(rows) }
}

/** The state after a refusal: an answer that was stale, or not theirs to give then, may be given again. */
function stateAfter(code: string | null): CalloutState {
  switch (code) {
    case 'full': return 'full'
    case 'stale':
    case 'not_eligible': return 'ask' // their report-in may be confirmed meanwhile, or the skill added
    case 'closed':
    case 'not_open': return 'closed'
    default: return 'refused'
  }
}

/** Green only after the server said yes; an unsent answer is amber, whatever else is known. */
export function stateOf(c: Omit<CalloutCard, 'state' | 'mates'>): CalloutState {
  if (c.pending?.name === 'decline_shift') return 'declined'
  if (c.pending || c.mine?._pending || c.waitlist?._pending) return 'waiting'
  if (c.mine) return 'granted'
  if (c.waitlist) return 'waitlist'
  if (c.verdict) return stateAfter(c.verdict.code)
  if (c.offer.state === 'declined') return 'declined'
  if (c.offer.state === 'withdrawn') return 'closed'
  // a request lasts while any place of its hours is free; a yes to this one would be refused
  return isFull(c.shift ?? undefined) ? 'full' : 'ask'
}

/**
 * The three nearest open shifts for a person who cannot have `lost`; none that an own shift, a rest rule or a missing
 * skill forbids.
 */
export async function nearPlaces(
  db: AppDb,
  lost: Pick<StoredRow<'my_offer'>, 'shift_id' | 'org_unit_id' | 'community_id'>,
  now: number,
): Promise<NearPlace[]> {
  const [shifts, units, posts, mine, callouts, me] = await Promise.all([
    shiftsBetween(db, lost.community_id, now - DAY, now + DAY),
    db.rows('org_unit').toArray(),
    db.rows('post').toArray(),
    db.rows('my_assignment').toArray(),
    db.rows('callout').toArray(),
    meRow(db),
  ])
  const tree = orgTree(units)
  const own: Span[] = mine.filter(a => isBinding(a.state))
  const kinds = new Map(callouts.map(c => [c.id, c.kind]))
  const kindOf = (s: StoredRow<'shift'>): CalloutKind | null =>
    s.callout_id === null ? null : kinds.get(s.callout_id) ?? null
  const allowed = (s: StoredRow<'shift'>): boolean => {
    const { id: shift_id, starts_at, ends_at } = s
    const candidate = { shift_id, starts_at, ends_at, skill: s.skill, callout_kind: kindOf(s) }
    return !isStopped(againstTaking(mine, candidate, [], me?.skills))
  }
  const at = { id: lost.shift_id, org_unit_id: lost.org_unit_id }
  const near = nearestOpen(at, shifts, own, tree, now, Infinity).filter(n => allowed(n.shift)).slice(0, 3)
  return near.map(n => ({
    ...n,
    drill: kindOf(n.shift) === 'drill',
    place_name: placeLabel(tree, n.shift.org_unit_id),
    post_name: posts.find(p => p.id === n.shift.post_id)?.name ?? '',
  }))
}
