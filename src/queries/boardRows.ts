import type { AppDb, StoredRow } from '#db/db.ts'
import { DAY } from '#domain/time.ts'
import { modesIn } from './modeRows.ts'
import { assignmentsBetween, shiftsBetween } from './rosterRows.ts'

/** What the coverage board is computed from, on the phone, offline too. */
export interface BoardData {
  units: StoredRow<'org_unit'>[]
  posts: StoredRow<'post'>[]
  shifts: StoredRow<'shift'>[]
  assignments: StoredRow<'assignment'>[]
  callouts: StoredRow<'callout'>[]
  offers: StoredRow<'offer_lead'>[]
  ladders: StoredRow<'ladder'>[]
  reinforcements: StoredRow<'reinforcement'>[]
  neighbours: StoredRow<'neighbour'>[]
  waitlist: StoredRow<'waitlist_lead'>[]
  modes: StoredRow<'mode'>[]
}

/** Reads the board of a community around `now` (ms): shifts that run, ended within a day, or start within a day. */
export async function boardRows(db: AppDb, community_id: string, now: number): Promise<BoardData> {
  const [
    shifts,
    assignments,
    units,
    posts,
    callouts,
    offers,
    ladders,
    reinforcements,
    neighbours,
    waitlist,
    modes,
  ] = await Promise.all([
    shiftsBetween(db, community_id, now - 2 * DAY, now + DAY),
    assignmentsBetween(db, community_id, now - 2 * DAY, now + DAY),
    db.rows('org_unit').toArray(),
    db.rows('post').toArray(),
    db.rows('callout').toArray(),
    db.rows('offer_lead').toArray(),
    db.rows('ladder').toArray(),
    db.rows('reinforcement').toArray(),
    db.rows('neighbour').toArray(),
    db.rows('waitlist_lead').toArray(),
    db.rows('mode').toArray(),
  ])
  const own = <T extends { community_id: string }>(rows: T[]): T[] => rows.filter(r => r.community_id === community_id)
  return {
    units: own(units),
    posts: own(posts),
    shifts,
    assignments,
    callouts: own(callouts),
    offers: own(offers),
    ladders: own(ladders),
    neighbours: neighbours.filter(n => n.id !== community_id),
    reinforcements: reinforcements.filter(r =>
      r.from_community_id === community_id || r.to_community_id === community_id,
    ),
    waitlist: own(waitlist),
    modes: modesIn(modes, units, community_id),
  }
}
