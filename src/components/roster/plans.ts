import type { Pattern, Slot } from '#domain/pattern.ts'
import type { StandingShift } from '#domain/postCover.ts'
import type { Post } from '#domain/rows.ts'
import type { Matrix, MatrixShift } from './matrix.ts'
import type { CoverMode, PlannedShift, SettledPlan } from './settle.ts'
import { leastPeople, slots } from '#domain/pattern.ts'
import { notOver } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, daysBetween, iso, ms } from '#domain/time.ts'
import { flatRows } from './matrix.ts'
import { settle } from './settle.ts'

export interface FillPlan extends SettledPlan<PlannedShift> {
  /** slots that are over already, and are not made */
  past: number
  /** shifts that reach into 23–06 with fewer people than the post's night minimum (R18) */
  thin_nights: number
}
export interface FillInput {
  posts: readonly Pick<Post, 'id' | 'night_minimum'>[]
  /** `YYYY-MM-DD` at Asia/Shanghai */
  days: readonly string[]
  pattern: Pattern
  /** `HH:mm`, when the first slot of each day starts */
  start: string
  capacity: number
  /** how long duty by day usually is here, for the pattern `day` */
  hours: number | undefined
  now: number
  /** what the posts have already, a day before and after the days too */
  shifts: readonly StandingShift[]
  mode: CoverMode
}

/** What is chosen in the form that fills a week or month; `posts` = ids. */
export interface FillChoice {
  pattern: Pattern, start: string, capacity: number, days: string[], posts: string[], mode: CoverMode
}
export const FIRST_CHOICE: FillChoice = {
  pattern: '4x6', start: '08:00', capacity: 2, days: [], posts: [], mode: 'skip',
}

/** The shifts a pattern makes at the chosen posts on the chosen days, settled with what is there already. */
export function fillPlan(input: FillInput): FillPlan {
  const all = input.posts.flatMap(post =>
    input.days.flatMap(day =>
      daySlots(input, day).map(({ starts_at, ends_at }) => ({
        post_id: post.id,
        starts_at,
        ends_at,
        capacity: input.capacity,
      })),
    ),
  )
  const ahead = notOver(all, input.now)
  const plan = settle(ahead, input.shifts, input.mode)
  return { ...plan, past: all.length - ahead.length, thin_nights: thinNights(plan.shifts, input.posts) }
}

/** How many shifts reach into 23–06 with fewer people than their post needs then (R18). */
export function thinNights(shifts: readonly PlannedShift[], posts: FillInput['posts']): number {
  const minimum = new Map(posts.map(p => [p.id, p.night_minimum]))
  return shifts.filter(s => s.capacity < leastPeople(s, minimum.get(s.post_id))).length
}

/** The slots that one day brings. Day-only ones of the next morning belong to the next day. */
export function daySlots(input: Pick<FillInput, 'pattern' | 'start' | 'hours'>, day: string): Slot[] {
  const { pattern, start, hours } = input
  const all = slots(pattern, atShanghai(day, start), 1, hours)
  return pattern === 'day' ? all.filter(s => dayKey(s.starts_at) === day) : all
}

/** A shift of an earlier day, moved on, with the people to put on it as drafts. */
export interface CopiedShift extends PlannedShift { people: string[] }

/**
 * From how many days before each day of a week or month is copied, so that weekdays are kept: a week before, or four;
 * the days after the 28th take five, which is the last week of the month before once more.
 */
export function copyFrom(days: number): number[] {
  const block = 7 * Math.floor(days / 7)
  return Array.from({ length: days }, (_, day) => day < block ? block : block + 7)
}

/**
 * Earlier days as a plan for some days from `starts` (ms) on. Call-outs and drafts are left out. A record that was
 * split by a take-over counts once, as the person who was planned: who stood in came for that day only (R22).
 */
export function copiedShifts(before: Matrix, starts: number, days: number): CopiedShift[] {
  const kept = shiftsOf(before).filter(shift => !shift.callout_id && shift.state !== 'draft')
  const byDay = new Map<number, typeof kept>()
  for (const shift of kept) {
    const day = daysBetween(starts, shift.starts_at)
    byDay.set(day, [...byDay.get(day) ?? [], shift])
  }
  return copyFrom(days).flatMap((by, day) => (byDay.get(day - by) ?? []).map((shift) => {
    const { post_id, starts_at, ends_at, capacity, people } = shift
    return {
      post_id,
      starts_at: iso(ms(starts_at) + by * DAY),
      ends_at: iso(ms(ends_at) + by * DAY),
      capacity,
      people: [...new Set(people.filter(p => !p.stands_in).map(p => p.responder_id))].slice(0, capacity),
    }
  }))
}

/** The shifts of a matrix, each with its post, row by row. */
function shiftsOf(matrix: Matrix): (MatrixShift & { post_id: string })[] {
  return flatRows(matrix).flatMap(({ group, row }) =>
    row.cells.flatMap(shift => shift ? [{ ...shift, post_id: group.post_id }] : []),
  )
}
