import type { Post } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import type { Weather } from '#domain/weather.ts'
import type { Matrix, MatrixShift } from './matrix.ts'
import type { CopiedShift } from './plans.ts'
import type { PlannedShift } from './settle.ts'
import { dayKey, ms } from '#domain/time.ts'
import { underWeather } from '#domain/weather.ts'
import { flatRows } from './matrix.ts'

/** What becomes of one shift out of doors: the spans that stay of it, none if it is called off. */
export interface WeatherChange { shift: MatrixShift, post_id: string, where: string, parts: Span[] }
/** What a forecast asks of one day; drafts change in silence, published shifts tell their people. */
export interface WeatherPlan { drafts: WeatherChange[], published: WeatherChange[] }

/**
 * The shifts that begin on a day at posts out of doors, and what the weather leaves of them. What has begun by `now`
 * (ms) stays, and so does what a call-out opened: its own coordinator shortens it.
 */
export function weatherPlan(
  matrix: Matrix, posts: readonly Pick<Post, 'id' | 'setting'>[], day: string, weather: Weather, now: number,
): WeatherPlan {
  const outdoor = new Set(posts.filter(p => p.setting === 'outdoor').map(p => p.id))
  const changes = flatRows(matrix).flatMap(({ group, row }) => row.cells.flatMap((shift) => {
    if (!shift || !outdoor.has(group.post_id) || shift.callout_id !== null) return []
    if (dayKey(shift.starts_at) !== day || ms(shift.starts_at) <= now) return []
    const parts = underWeather(shift, weather)
    const same = parts.length === 1 && ms(parts[0]!.starts_at) === ms(shift.starts_at)
      && ms(parts[0]!.ends_at) === ms(shift.ends_at)
    return same ? [] : [{ shift, post_id: group.post_id, where: `${group.place} ${group.post_name}`, parts }]
  }))
  return {
    drafts: changes.filter(c => c.shift.state === 'draft'),
    published: changes.filter(c => c.shift.state === 'open'),
  }
}

const planned = ({ post_id, shift: { capacity } }: WeatherChange, span: Span): PlannedShift =>
  ({ post_id, capacity, starts_at: span.starts_at, ends_at: span.ends_at })

/**
 * The shifts to be drafted. A draft is made again from its parts, with its people on the first; of a published one the
 * first part stays that shift, and the others are new.
 */
export function weatherDrafts({ drafts, published }: WeatherPlan): { shifts: CopiedShift[], drop: string[] } {
  const again = drafts.flatMap(change => change.parts.map((part, i) => ({
    ...planned(change, part),
    people: i === 0 ? change.shift.people.map(p => p.responder_id) : [],
  })))
  const added = published.flatMap(change =>
    change.parts.slice(1).map(part => ({ ...planned(change, part), people: [] })))
  return { shifts: [...again, ...added], drop: drafts.map(c => c.shift.id) }
}
