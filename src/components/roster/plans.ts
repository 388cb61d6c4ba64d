import type { Pattern } from '#domain/pattern.ts'
import type { Post, Shift } from '#domain/rows.ts'
import type { Matrix, MatrixShift } from './matrix.ts'
import { isDeepNight, slots } from '#domain/pattern.ts'
import { atShanghai, DAY, iso, ms } from '#domain/time.ts'
import { flatRows } from './matrix.ts'

/** A shift to be drafted. */
export interface PlannedShift { post_id: string, starts_at: string, ends_at: string, capacity: number }
export interface FillPlan {
  shifts: PlannedShift[]
  /** spans left out because the post already has that very shift */
  existing: number
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
  shifts: readonly Pick<Shift, 'post_id' | 'starts_at' | 'ends_at' | 'state'>[]
}

/** One post and span: what makes two shifts the same. */
function keyOf(s: Pick<Shift, 'post_id' | 'starts_at' | 'ends_at'>): string {
  return `${s.post_id}/${ms(s.starts_at)}/${ms(s.ends_at)}`
}

/** The shifts a pattern makes at the chosen posts on the chosen days; spans that exist already are left out. */
export function fillPlan(input: FillInput): FillPlan {
  const known = new Set(input.shifts.filter(s => s.state !== 'cancelled').map(keyOf))
  const all = input.posts.flatMap(post =>
    input.days.flatMap(day =>
      slots(input.pattern, atShanghai(day, input.start)).map(({ starts_at, ends_at }) => ({
        post_id: post.id,
        starts_at,
        ends_at,
        capacity: input.capacity,
      })),
    ),
  )
  const fresh = all.filter(s => !known.has(keyOf(s)))
  const least = new Map(input.posts.map(p => [p.id, Math.max(2, p.night_minimum)]))
  return {
    shifts: fresh,
    existing: all.length - fresh.length,
    thin_nights: fresh.filter(s => isDeepNight(s) && s.capacity < (least.get(s.post_id) ?? 2)).length,
  }
}

/** A shift of last week moved by seven days, with the people to put on it as drafts. */
export interface CopiedShift extends PlannedShift { people: string[] }

/**
 * Last week's roster as this week's draft. Call-outs and drafts are left out, and spans that this week already has at
 * that post.
 */
export function copyWeek(last: Matrix, current: Matrix): CopiedShift[] {
  const known = new Set(shiftsOf(current).map(keyOf))
  return shiftsOf(last)
    .filter(shift => !shift.callout_id && shift.state !== 'draft')
    .map(({ post_id, starts_at, ends_at, capacity, people }) => ({
      post_id,
      starts_at: iso(ms(starts_at) + 7 * DAY),
      ends_at: iso(ms(ends_at) + 7 * DAY),
      capacity,
      people: people.map(p => p.responder_id),
    }))
    .filter(shift => !known.has(keyOf(shift)))
}

/** The shifts of a week, each with its post, row by row. */
function shiftsOf(matrix: Matrix): (MatrixShift & { post_id: string })[] {
  return flatRows(matrix).flatMap(({ group, row }) =>
    row.cells.flatMap(shift => shift ? [{ ...shift, post_id: group.post_id }] : []),
  )
}
