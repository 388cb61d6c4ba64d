import type { AppDb, StoredRow } from '#db/db.ts'
import type { LeadEvent } from '#domain/rows.ts'
import { byName } from '#domain/orgTree.ts'
import { atShanghai, DAY, ms } from '#domain/time.ts'
import { assignmentsBetween, shiftsBetween } from './rosterRows.ts'

/**
 * How a handover stands: both confirmed it, one of them did, a leader let the person go, the person left without a
 * relief, they left and nobody said anything, or they are still to leave.
 */
export type HandoverState = 'both' | 'given' | 'taken' | 'forced' | 'no_relief' | 'silent' | 'ahead'
/** One handover: who left which post, who came, what was said. */
export interface HandoverLine {
  leaving: StoredRow<'assignment'>
  arriving: StoredRow<'assignment'> | null
  handover: StoredRow<'handover'> | null
  shift: StoredRow<'shift'>
  post_name: string
  state: HandoverState
  /** arrivals and leavings that had no place any more (ISO), to be settled by people */
  disputed: string[]
}
/** The posts and units a ledger names, and its lines. */
export interface HandoverLedgerRows {
  units: StoredRow<'org_unit'>[], posts: StoredRow<'post'>[], lines: HandoverLine[]
  people: StoredRow<'responder_lead'>[]
}

const byTime = (a: HandoverLine, b: HandoverLine): number =>
  ms(a.leaving.ends_at) - ms(b.leaving.ends_at) || byName(a.post_name, b.post_name)
  || (a.leaving.id < b.leaving.id ? -1 : 1)

/**
 * The handovers of a community's shifts that begin on the days from `first` to `last` (YYYY-MM-DD), by time; `post`
 * null = of all posts. A place that nobody checked in at or out of, and that nobody handed over, is in no line.
 */
export async function handoverLedger(
  db: AppDb, community_id: string, first: string, last: string, post: string | null,
): Promise<HandoverLedgerRows> {
  const [from, to] = [atShanghai(first), atShanghai(last) + DAY]
  const [shifts, lines, later, handovers, posts, units, events, people] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, to, to + 2 * DAY), // reliefs of the last day
    db.rows('handover').toArray(),
    db.rows('post').toArray(),
    db.rows('org_unit').toArray(),
    db.rows('lead_event').toArray(),
    db.rows('responder_lead').toArray(),
  ])
  const shiftOf = new Map(shifts.map(s => [s.id, s]))
  const known = new Map([...lines, ...later].map(a => [a.id, a]))
  const noted = new Map(handovers.map(h => [h.id, h]))
  const names = new Map(posts.map(p => [p.id, p.name]))
  const told = eventsByTurn(events)
  const found = lines.flatMap((leaving): HandoverLine[] => {
    const shift = shiftOf.get(leaving.shift_id)
    const handover = noted.get(leaving.id) ?? null
    const own = told.get(`${leaving.shift_id} ${leaving.responder_id}`) ?? []
    const disputed = own.filter(e => e.kind === 'disputed').map(e => e.at)
    if (!shift || (post !== null && shift.post_id !== post)) return []
    const unheard = leaving.on_post_at === null && leaving.off_post_at === null && disputed.length === 0
    if (!handover && unheard) return []
    const arriving = known.get(handover?.to_assignment_id ?? '') ?? null
    const state = stateOf(handover, leaving, own.some(e => e.kind === 'no_relief'))
    return [{ leaving, arriving, handover, shift, post_name: names.get(shift.post_id) ?? '', state, disputed }]
  })
  const own = <T extends { community_id: string }>(rows: T[]): T[] => rows.filter(r => r.community_id === community_id)
  return { units: own(units), posts: own(posts), people, lines: found.sort(byTime) }
}

/** What leads were told, by shift and person. */
function eventsByTurn(events: readonly LeadEvent[]): Map<string, LeadEvent[]> {
  const all = new Map<string, LeadEvent[]>()
  for (const e of events) {
    const key = `${e.shift_id} ${e.responder_id}`
    all.set(key, [...all.get(key) ?? [], e])
  }
  return all
}

function stateOf(
  handover: HandoverLine['handover'], leaving: HandoverLine['leaving'], alone: boolean,
): HandoverState {
  if (handover?.given_at && handover.taken_at) return 'both'
  if (handover?.forced_at) return 'forced'
  if (handover?.taken_at) return 'taken'
  if (handover?.given_at) return 'given'
  if (alone) return 'no_relief'
  return leaving.off_post_at === null ? 'ahead' : 'silent'
}
