import type { AppDb, StoredRow } from '#db/db.ts'
import type { LineInput } from '#domain/todayLine.ts'
import type { TodayInput } from '#domain/todayNeeds.ts'
import { orgTree } from '#domain/orgTree.ts'
import { coordinates, holdsAny, LEAD_ROLES } from '#domain/roles.ts'
import { DAY, startOfDay } from '#domain/time.ts'
import { todayNeeds } from '#domain/todayNeeds.ts'
import { coverCases } from './coverRows.ts'
import { dutyRows, needsMe } from './dutyRows.ts'
import { meRow } from './me.ts'
import { modesIn } from './modeRows.ts'
import { assignmentsBetween, shiftsBetween } from './rosterRows.ts'

/** Everything 今天 is computed from, on the phone, offline too. */
export type TodayRows = TodayInput & LineInput

/** Does the person look after a unit: all of a community as its coordinator, else the units they lead and below? */
function lookedAfter(
  me: StoredRow<'me'> | undefined, community: string, tree: TodayRows['tree'],
): (unit: string) => boolean {
  const memberships = me?.memberships ?? []
  if (coordinates(memberships, community)) return () => true
  const led = new Set(memberships.filter(m => holdsAny(m, LEAD_ROLES)).map(m => m.org_unit_id))
  return unit => tree.chain(unit).some(u => led.has(u.id))
}

/** Shifts that wait for a coordinator to pick somebody, however far ahead: a notice names each. */
async function shiftsToPick(db: AppDb, community: string): Promise<StoredRow<'shift'>[]> {
  const told = await db.rows('my_notice').filter(n => n.kind === 'to_pick' && n.community_id === community).toArray()
  const shifts = await db.rows('shift').bulkGet([...new Set(told.flatMap(n => n.shift_id ?? []))])
  return shifts.flatMap(s => s && s.to_pick > 0 ? [s] : [])
}

/** Reads 今天 of somebody who leads in a community, at `now` (ms). */
export async function todayRows(db: AppDb, community: string, now: number): Promise<TodayRows> {
  const [from, to] = [now - 2 * DAY, startOfDay(now) + 2 * DAY]
  const [shifts, picks, assignments, units, posts, callouts, waitlist, absences, covers] = await Promise.all([
    shiftsBetween(db, community, from, to),
    shiftsToPick(db, community),
    assignmentsBetween(db, community, from, to),
    db.rows('org_unit').toArray(),
    db.rows('post').toArray(),
    db.rows('callout').toArray(),
    db.rows('waitlist_lead').toArray(),
    db.rows('absence').toArray(),
    coverCases(db, community, now),
  ])
  const [helps, reports, orgs, seats, modes, own, me, duty] = await Promise.all([
    db.rows('reinforcement').toArray(),
    db.rows('report_lead').toArray(),
    db.rows('party_org').toArray(),
    db.rows('seat').toArray(),
    db.rows('mode').toArray(),
    db.rows('my_assignment').toArray(),
    meRow(db),
    dutyRows(db, now),
  ])
  // reminders are about these people alone, and the list of all is long
  const people = await db.rows('responder_lead').bulkGet([...new Set(assignments.map(a => a.responder_id))])
  const here = <T extends { community_id: string }>(rows: readonly T[]): T[] =>
    rows.filter(r => r.community_id === community)
  const tree = orgTree(here(units))
  const leads = coordinates(me?.memberships ?? [], community)
  return {
    now,
    community,
    tree,
    posts: here(posts),
    shifts: [...new Map([...shifts, ...picks].map(s => [s.id, s])).values()],
    assignments,
    callouts: here(callouts),
    waitlist: here(waitlist),
    absences,
    covers: leads ? covers : [],
    helps,
    mine: lookedAfter(me, community, tree),
    asks: needsMe(duty),
    // others who lead read them, and cannot answer
    reports: leads ? reports : [],
    orgs,
    seats,
    own,
    modes: modesIn(modes, units, community),
    silent: new Set(people.flatMap(p => p && p.login !== 'active' ? [p.id] : [])),
  }
}

/** How many things wait for the person: the number on 今天. */
export async function needsToday(db: AppDb, community: string, now: number): Promise<number> {
  return todayNeeds(await todayRows(db, community, now)).length
}
