import type { AppDb, StoredRow } from '#db/db.ts'
import type { Span } from '#domain/span.ts'
import { DAY, ms } from '#domain/time.ts'
import { modesIn } from './modeRows.ts'
import { shiftsBetween } from './rosterRows.ts'

/** What this phone holds of one call-out, for its ledger. */
export interface CalloutLedgerRows {
  callout: StoredRow<'callout'>
  /** the mode it raised, or that was in force when it began */
  modes: StoredRow<'mode'>[]
  units: StoredRow<'org_unit'>[]
  posts: StoredRow<'post'>[]
  /** in the order of their time and post */
  shifts: StoredRow<'shift'>[]
  assignments: StoredRow<'assignment'>[]
  handovers: StoredRow<'handover'>[]
  offers: StoredRow<'offer_lead'>[]
  ladders: StoredRow<'ladder'>[]
  reinforcements: StoredRow<'reinforcement'>[]
  /** arrivals and leavings that had no place any more, to be settled by people; in the order of their time */
  disputes: StoredRow<'lead_event'>[]
  people: StoredRow<'responder_lead'>[]
}

const byStart = (a: Span, b: Span): number => ms(a.starts_at) - ms(b.starts_at)

/** The longest a call-out's shifts lie after its beginning, ms. */
const REACH = 31 * DAY

/** Everything of a call-out on this phone; null where it holds none of it. */
export async function calloutLedger(db: AppDb, id: string): Promise<CalloutLedgerRows | null> {
  const callout = await db.rows('callout').get(id)
  if (!callout) return null
  const { community_id, opened_at } = callout
  const [near, offers, ladders, asked, modes, posts, units, events, people] = await Promise.all([
    shiftsBetween(db, community_id, ms(opened_at) - DAY, ms(opened_at) + REACH),
    db.rows('offer_lead').where('callout_id').equals(id).toArray(),
    db.rows('ladder').where('callout_id').equals(id).toArray(),
    db.rows('reinforcement').toArray(),
    db.rows('mode').toArray(),
    db.rows('post').toArray(),
    db.rows('org_unit').toArray(),
    db.rows('lead_event').filter(e => e.kind === 'disputed' && e.callout_id === id).toArray(),
    db.rows('responder_lead').toArray(),
  ])
  const shifts = near.filter(s => s.callout_id === id)
  const assignments = await db.rows('assignment').where('shift_id').anyOf(shifts.map(s => s.id)).toArray()
  const handovers = await db.rows('handover').bulkGet(assignments.map(a => a.id))
  const climbs = new Set(ladders.map(l => l.id))
  const reached = modesIn(modes, units, community_id)
  const own = <T extends { community_id: string }>(rows: T[]): T[] => rows.filter(r => r.community_id === community_id)
  return {
    callout,
    modes: reached.filter(m => m.id === callout.mode_id || (ms(m.opened_at) <= ms(opened_at)
      && ms(m.expires_at) > ms(opened_at))),
    units: own(units),
    posts: own(posts),
    shifts: shifts.sort((a, b) => byStart(a, b) || (a.post_id < b.post_id ? -1 : 1)),
    assignments: assignments.sort(byStart),
    handovers: handovers.filter(h => h !== undefined),
    offers: offers.sort((a, b) => ms(a.sent_at) - ms(b.sent_at)),
    ladders: ladders.sort((a, b) => ms(a.slot_starts_at) - ms(b.slot_starts_at)),
    reinforcements: asked.filter(r => climbs.has(r.ladder_id)).sort((a, b) => ms(a.asked_at) - ms(b.asked_at)),
    disputes: events.sort((a, b) => ms(a.at) - ms(b.at)),
    people,
  }
}
