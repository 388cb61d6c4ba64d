import type { Pattern } from '#domain/pattern.ts'
import type { Post, Shift } from '#domain/rows.ts'
import { isDeepNight, slots } from '#domain/pattern.ts'
import { atShanghai, ms } from '#domain/time.ts'

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

/** The shifts a pattern makes at the chosen posts on the chosen days; spans that exist already are left out. */
export function fillPlan(input: FillInput): FillPlan {
  const key = (s: Pick<Shift, 'post_id' | 'starts_at' | 'ends_at'>): string =>
    `${s.post_id}/${ms(s.starts_at)}/${ms(s.ends_at)}`
  const known = new Set(input.shifts.filter(s => s.state !== 'cancelled').map(key))
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
  const fresh = all.filter(s => !known.has(key(s)))
  const least = new Map(input.posts.map(p => [p.id, Math.max(2, p.night_minimum)]))
  return {
    shifts: fresh,
    existing: all.length - fresh.length,
    thin_nights: fresh.filter(s => isDeepNight(s) && s.capacity < (least.get(s.post_id) ?? 2)).length,
  }
}
