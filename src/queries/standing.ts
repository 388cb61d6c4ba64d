import type { AppDb, StoredRow } from '#db/db.ts'
import type { AssignmentState } from '#domain/words.ts'
import { DAY, ms } from '#domain/time.ts'
import { shiftsBetween } from './rosterRows.ts'

/** A person on a shift; `state` null = planned on a draft. */
export interface StandingLine { id: string, shift_id: string, responder_id: string, state: AssignmentState | null }
/** What this phone knows right now of some shifts. */
export interface Standing {
  /** those shifts, by id */
  shifts: ReadonlyMap<string, StoredRow<'shift'>>
  /** everybody on them, whatever became of it */
  lines: readonly StandingLine[]
  /** every roster, by id */
  rosters: ReadonlyMap<string, StoredRow<'roster'>>
  /** what stands on the posts of the community around some spans */
  around: readonly StoredRow<'shift'>[]
}

/**
 * Reads what stands now: a screen may still show the moment before.
 * @param db the person's database
 * @param ids which shifts
 * @param near a community and spans of which it is asked what else stands then; null = nobody asks
 */
export async function standing(
  db: AppDb, ids: readonly string[], near: { community_id: string, starts: readonly string[] } | null,
): Promise<Standing> {
  const starts = near?.starts.map(at => ms(at)) ?? []
  const [shifts, rosters, around, placed, planned] = await Promise.all([
    db.rows('shift').bulkGet([...ids]),
    db.rows('roster').toArray(),
    near && starts.length > 0
      ? shiftsBetween(db, near.community_id, Math.min(...starts) - DAY, Math.max(...starts) + DAY)
      : [],
    db.rows('assignment').where('shift_id').anyOf(ids).toArray(),
    db.rows('draft_assignment').where('shift_id').anyOf(ids).toArray(),
  ])
  const lines = [...placed, ...planned.map(line => ({ ...line, state: null }))]
  return {
    shifts: new Map(shifts.flatMap(s => s ? [[s.id, s]] : [])),
    lines: lines.map(({ id, shift_id, responder_id, state }) => ({ id, shift_id, responder_id, state })),
    rosters: new Map(rosters.map(r => [r.id, r])),
    around,
  }
}
