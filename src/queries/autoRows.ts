import type { AppDb } from '#db/db.ts'
import type { Wish } from '#domain/personTimes.ts'
import type { Span } from '#domain/span.ts'
import { outOfScope } from '#domain/askables.ts'
import { isGone } from '#domain/assignment.ts'
import { offParts } from '#domain/availability.ts'
import { spanOf } from '#domain/span.ts'
import { DAY, ms } from '#domain/time.ts'
import { absencesKnown } from './absenceRows.ts'
import { availabilityKnown, wishesKnown } from './hourRows.ts'
import { peopleRows } from './people.ts'
import { assignmentsBetween, drillIds, shiftsBetween } from './rosterRows.ts'

/** Somebody's turn on a shift, published or drafted. Drills are none (R35). */
export interface Turn extends Span { shift_id: string, post_id: string, responder_id: string }
/** A draft shift with places to fill; `level` = how many stand there already. */
export interface OpenDraft extends Span { id: string, post_id: string, missing: number, level: number }

/** What drafts are filled from: their empty places, the turns around them, and everybody who may be put there. */
export interface AutoRows {
  shifts: OpenDraft[]
  turns: Turn[]
  /** `unit` = their partner unit; `wish` null = nothing in particular */
  people: {
    id: string, name: string, night: boolean, away: Span[], off: Span[], unit: string | null, wish: Wish | null
  }[]
}

/** Turns of so many days before count for an even share. */
const BACK = 60
/** Turns after the last day bind for so many days. */
const AHEAD = 7

/** The turns of a community in shifts that start within [from, to), ms. */
async function turnsBetween(db: AppDb, community_id: string, from: number, to: number): Promise<Turn[]> {
  const [all, assignments, drafts, drills] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    db.rows('draft_assignment').toArray(),
    drillIds(db),
  ])
  const shifts = new Map(all.filter(s => !drills.has(s.callout_id)).map(s => [s.id, s]))
  const planned = drafts.flatMap((draft) => {
    const shift = shifts.get(draft.shift_id)
    return shift ? [{ ...draft, starts_at: shift.starts_at, ends_at: shift.ends_at }] : []
  })
  const stood = assignments.filter(a => !isGone(a.state))
  return [...stood, ...planned].flatMap(({ shift_id, responder_id, starts_at, ends_at }) => {
    const shift = shifts.get(shift_id)
    return shift ? [{ shift_id, post_id: shift.post_id, responder_id, starts_at, ends_at }] : []
  })
}

/**
 * Reads what an automatic roster is made from: places of drafts that are still to come.
 * @param db the person's database
 * @param community_id whose drafts
 * @param first ms of the first day's beginning
 * @param end ms of the last day's end
 * @param now ms
 */
export async function autoRows(
  db: AppDb, community_id: string, first: number, end: number, now: number,
): Promise<AutoRows> {
  const [all, turns, people, absences, availability, wishes] = await Promise.all([
    shiftsBetween(db, community_id, first, end),
    turnsBetween(db, community_id, first - BACK * DAY, end + AHEAD * DAY),
    peopleRows(db, community_id),
    absencesKnown(db),
    availabilityKnown(db),
    wishesKnown(db),
  ])
  const on = new Map<string, number>()
  for (const turn of turns) on.set(turn.shift_id, (on.get(turn.shift_id) ?? 0) + 1)
  const drafts = all.filter(s => s.state === 'draft' && ms(s.starts_at) > now)
  const shifts = drafts.map(({ id, post_id, starts_at, ends_at, capacity, held }) => {
    const level = on.get(id) ?? 0
    return { id, post_id, starts_at, ends_at, level, missing: Math.max(0, capacity - level - held) }
  })
  const open = shifts.filter(s => s.missing > 0)
  // posts with the same hours are one to the solver, so who is never asked for one of them is asked for none
  const kinds = (await db.rows('post').bulkGet([...new Set(open.map(s => s.post_id))])).flatMap(p => p ? [p.kind] : [])
  const able = people.filter(p => p.report_in === 'confirmed' && p.state === 'active'
    && !kinds.some(post => outOfScope(p.kind, post)))
  const days = spanOf(first, end + DAY)
  return {
    turns,
    shifts: open,
    people: able.map(({ id, name, night, partner_unit_name: unit }) => {
      const free = { night: night === 'yes', away: absences.get(id) ?? [], off: offParts(availability.get(id), days) }
      return { id, name, ...free, unit, wish: wishes.get(id) ?? null }
    }),
  }
}
