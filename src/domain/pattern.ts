import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import type { ShiftPattern } from './words.ts'
import { overlaps, spanOf } from './span.ts'
import { DAY, HOUR, ms, startOfDay } from './time.ts'

/** How a day is cut. `day`: 3-hour slots, those that reach into the night left out. */
export type Pattern = ShiftPattern
export const PATTERNS: readonly Pattern[] = ['8x3', '6x4', '4x6', '3x8', '2x12', 'day']

const HOURS: Record<Pattern, number> = { '8x3': 3, '6x4': 4, '4x6': 6, '3x8': 8, '2x12': 12, 'day': 3 }

export interface Slot extends Span { night: boolean }

/** Hours of one slot of the pattern. */
export function patternHours(pattern: Pattern): number {
  return HOURS[pattern]
}

/** True when the span shares a moment with 22:00–06:00 in Asia/Shanghai. */
export function isNight(span: Span): boolean {
  for (let day = startOfDay(span.starts_at) - DAY; day < ms(span.ends_at); day += DAY) {
    if (overlaps(span, spanOf(day + 22 * HOUR, day + 30 * HOUR))) return true
  }
  return false
}

/** True when the span shares a moment with 23:00–06:00, when a post needs two people (R18). */
export function isDeepNight(span: Span): boolean {
  for (let day = startOfDay(span.starts_at) - DAY; day < ms(span.ends_at); day += DAY) {
    if (overlaps(span, spanOf(day + 23 * HOUR, day + 30 * HOUR))) return true
  }
  return false
}

/** The slots of `days` whole days from `start` on, gapless except in pattern `day`; they run across midnight. */
export function slots(pattern: Pattern, start: Instant, days = 1): Slot[] {
  const step = HOURS[pattern] * HOUR
  const count = Math.max(0, Math.floor(days * DAY / step))
  const all = Array.from({ length: count }, (_, i) => {
    const span = spanOf(ms(start) + i * step, ms(start) + (i + 1) * step)
    return { ...span, night: isNight(span) }
  })
  return pattern === 'day' ? all.filter(s => !s.night) : all
}
