import type { AppDb, StoredRow } from '#db/db.ts'
import type { Hours } from '#domain/availability.ts'
import type { Span } from '#domain/span.ts'
import { isGone } from '#domain/assignment.ts'
import { usualHours } from '#domain/pattern.ts'
import { minutes } from '#domain/span.ts'
import { DAY, iso } from '#domain/time.ts'
import { availabilityKnown } from './hourRows.ts'

/** What a roster is drawn from: the shifts of some days and of one day around them, with the people on them. */
export interface RosterData {
  posts: StoredRow<'post'>[]
  units: StoredRow<'org_unit'>[]
  rosters: StoredRow<'roster'>[]
  shifts: StoredRow<'shift'>[]
  assignments: StoredRow<'assignment'>[]
  drafts: StoredRow<'draft_assignment'>[]
  absences: StoredRow<'absence'>[]
  /** when people can serve, by person */
  availability: Map<string, Hours>
  /** what other coordinators did last to shifts of the community */
  edits: StoredRow<'shift_edit'>[]
  /** ids of the call-outs that are drills */
  drills: Set<string | null>
}

/** Days in a row; `starts` = ms of the first one's 00:00 in Asia/Shanghai. */
export interface Days { starts: number, days: number }

/** Reads some days of a community's roster, with a day before and after them. */
export async function rosterRows(db: AppDb, community_id: string, { starts, days }: Days): Promise<RosterData> {
  const [from, to] = [starts - DAY, starts + (days + 1) * DAY]
  const [
    shifts, assignments, drafts, posts, units, rosters, absences, availability, drills, edits,
  ] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    db.rows('draft_assignment').toArray(),
    db.rows('post').toArray(),
    db.rows('org_unit').toArray(),
    db.rows('roster').toArray(),
    db.rows('absence').toArray(),
    availabilityKnown(db),
    drillIds(db),
    editsByOthers(db, community_id),
  ])
  const ids = new Set(shifts.map(s => s.id))
  const own = <T extends { community_id: string }>(rows: T[]): T[] => rows.filter(r => r.community_id === community_id)
  return {
    shifts,
    assignments,
    drafts: drafts.filter(d => ids.has(d.shift_id)),
    // a post that was given up shows on days that it had shifts on
    posts: own(posts).filter(p => !p.ended || shifts.some(s => s.post_id === p.id)),
    units: own(units),
    rosters: own(rosters),
    absences,
    availability,
    drills,
    edits,
  }
}

async function editsByOthers(db: AppDb, community_id: string): Promise<StoredRow<'shift_edit'>[]> {
  const [me, edits] = await Promise.all([db.rows('me').toArray(), db.rows('shift_edit').toArray()])
  return edits.filter(e => e.community_id === community_id && e.by_login !== me[0]?.id)
}

/** Ids of the call-outs that are drills. */
export async function drillIds(db: AppDb): Promise<Set<string | null>> {
  const callouts = await db.rows('callout').toArray()
  return new Set(callouts.filter(c => c.kind === 'drill').map(c => c.id))
}

/** A bound for stored times: the server writes `+00:00` and the phone `Z`, so only the part both share is compared. */
const bound = (at: number): string => iso(at).slice(0, 19)

/** Shifts of a community that start within [from, to), ms. */
export function shiftsBetween(
  db: AppDb, community_id: string, from: number, to: number,
): Promise<StoredRow<'shift'>[]> {
  const [first, end] = [[community_id, bound(from)], [community_id, bound(to)]]
  return db.rows('shift').where('[community_id+starts_at]').between(first, end, true, false).toArray()
}

/** Who serves in shifts that start within [from, to), ms. One range of an index: a look-up per shift takes seconds. */
export function assignmentsBetween(
  db: AppDb, community_id: string, from: number, to: number,
): Promise<StoredRow<'assignment'>[]> {
  const [first, end] = [[community_id, bound(from)], [community_id, bound(to)]]
  return db.rows('assignment').where('[community_id+starts_at]').between(first, end, true, false).toArray()
}

/** How long rostered duty by day usually is in a community, hours, from the weeks around `now`; undefined: none was. */
export async function usualDayHours(db: AppDb, community_id: string, now: number): Promise<number | undefined> {
  const shifts = await shiftsBetween(db, community_id, now - 28 * DAY, now + 14 * DAY)
  return usualHours(shifts.filter(s => s.roster_id !== null))
}

/** Everybody's shifts that start within [from, to), ms, by person; drafts included and drills not (R35). */
export async function turnsOf(
  db: AppDb, community_id: string, from: number, to: number,
): Promise<Map<string, Span[]>> {
  const [shifts, lines, drafts, drills] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    db.rows('draft_assignment').toArray(),
    drillIds(db),
  ])
  const served = shifts.filter(s => !drills.has(s.callout_id))
  const known = new Map(served.map(s => [s.id, { starts_at: s.starts_at, ends_at: s.ends_at }]))
  const stood = lines.filter(a => !isGone(a.state))
  const turns = new Map<string, Span[]>()
  const planned = drafts.flatMap((line) => {
    const shift = known.get(line.shift_id)
    return shift ? [{ ...line, ...shift }] : []
  })
  // a record that was split in mid-shift counts for what each of the two served
  for (const { responder_id, shift_id, starts_at, ends_at } of [...stood, ...planned]) {
    if (!known.has(shift_id)) continue
    const span = { starts_at, ends_at }
    const own = turns.get(responder_id)
    if (own) own.push(span)
    else turns.set(responder_id, [span])
  }
  return turns
}

/** Hours on duty per person in shifts that start within [from, to), ms, counted as `turnsOf` does. */
export async function hoursByPerson(
  db: AppDb, community_id: string, from: number, to: number,
): Promise<Map<string, number>> {
  const turns = await turnsOf(db, community_id, from, to)
  return new Map([...turns].map(([id, own]) => [id, own.reduce((sum, turn) => sum + minutes(turn), 0) / 60]))
}
