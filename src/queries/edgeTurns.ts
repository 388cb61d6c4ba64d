import type { AppDb } from '#db/db.ts'
import type { FatigueTurn } from '#domain/fatigue.ts'
import type { Days } from './rosterRows.ts'
import { isGone } from '#domain/assignment.ts'
import { REST_REACH } from '#domain/fatigue.ts'
import { DAY } from '#domain/time.ts'
import { assignmentsBetween, drillIds, shiftsBetween } from './rosterRows.ts'

/** A turn that begins before or after the days shown, with where it is; drafts included. */
export interface EdgeTurn extends FatigueTurn { responder_id: string, shift_id: string, org_unit_id: string }

/**
 * The turns of a community that begin before or after some days, as far as the rules of rest look from them (R17).
 * Those of the days themselves are in the roster that shows them, and what changes there does not ask for these again.
 */
export async function edgeTurns(db: AppDb, community_id: string, { starts, days }: Days): Promise<EdgeTurn[]> {
  const end = starts + days * DAY
  const edges = await Promise.all([
    turnsStarting(db, community_id, starts - REST_REACH, starts),
    turnsStarting(db, community_id, end, end + REST_REACH),
  ])
  return edges.flat()
}

/** The turns of a community in shifts that start within [from, to), ms. */
async function turnsStarting(db: AppDb, community_id: string, from: number, to: number): Promise<EdgeTurn[]> {
  const [all, lines, drills] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    drillIds(db),
  ])
  const shifts = new Map(all.filter(s => s.state !== 'cancelled' && s.state !== 'stood_down').map(s => [s.id, s]))
  const drafted = [...shifts.values()].filter(s => s.state === 'draft').map(s => s.id)
  // by their shifts, so that a draft on another day does not ask for all of this again
  const drafts = await db.rows('draft_assignment').where('shift_id').anyOf(drafted).toArray()
  const planned = drafts.map(({ responder_id, shift_id }) => {
    const { starts_at, ends_at } = shifts.get(shift_id)!
    const state = 'accepted' as const
    return { responder_id, shift_id, starts_at, ends_at, state, on_post_at: null, off_post_at: null }
  })
  return [...lines.filter(line => !isGone(line.state)), ...planned].flatMap((line): EdgeTurn[] => {
    const shift = shifts.get(line.shift_id)
    if (!shift) return []
    const { responder_id, shift_id, starts_at, ends_at, state, on_post_at, off_post_at } = line
    const callout_kind = drills.has(shift.callout_id) ? 'drill' : null
    const turn = { starts_at, ends_at, state, on_post_at, off_post_at, callout_kind } as const
    return [{ responder_id, shift_id, org_unit_id: shift.org_unit_id, ...turn }]
  })
}
