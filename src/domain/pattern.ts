import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import type { ShiftPattern } from './words.ts'
import { clampSpan, minutes, spanOf } from './span.ts'
import { DAY, HOUR, MINUTE, ms, startOfDay } from './time.ts'

/** How a day is cut. `day`: only from 8:00 to 20:00, in shifts about as long as the community's usual ones. */
export type Pattern = ShiftPattern
export const PATTERNS: readonly Pattern[] = ['8x3', '6x4', '4x6', '3x8', '2x12', 'day']

const HOURS: Record<Exclude<Pattern, 'day'>, number> = { '8x3': 3, '6x4': 4, '4x6': 6, '3x8': 8, '2x12': 12 }
/** Where a community has no duty by day yet: three shifts of four hours. */
const USUAL = 4
const [MORNING, EVENING] = [8, 20]

export interface Slot extends Span { night: boolean }

/** True when the span shares a moment with 22:00–06:00 in Asia/Shanghai. */
export function isNight(span: Span): boolean {
  return meetsHours(span, 22, 30)
}

/** True when the span shares a moment with 23:00–06:00, when a post needs two people (R18). */
export function isDeepNight(span: Span): boolean {
  return meetsHours(span, 23, 30)
}

/** Fewest people by night, wherever a post asks for no more (R18). */
const NIGHT_LEAST = 2
/** How many people a post needs at least in a span (R18): by night two, or as many as it says; by day none is said. */
export function leastPeople(span: Span, night_minimum = NIGHT_LEAST): number {
  return isDeepNight(span) ? Math.max(NIGHT_LEAST, night_minimum) : 0
}

/** True when the span shares a moment with these hours of any day. In numbers: a month asks it of thousands. */
function meetsHours(span: Span, from: number, to: number): boolean {
  const [starts, ends] = [ms(span.starts_at), ms(span.ends_at)]
  for (let day = startOfDay(starts) - DAY; day < ends; day += DAY) {
    if (starts < day + to * HOUR && day + from * HOUR < ends) return true
  }
  return false
}

/**
 * The slots of `days` whole days from `start` on; they run across midnight. Gapless, but in pattern `day` from 8:00 to
 * 20:00 only, each stretch cut evenly into slots of about `hours`.
 */
export function slots(pattern: Pattern, start: Instant, days = 1, hours = USUAL): Slot[] {
  const whole = spanOf(ms(start), ms(start) + days * DAY)
  const cut = pattern === 'day'
    ? daytimes(whole).flatMap(day => even(day, Math.max(1, Math.round(minutes(day) / 60 / hours))))
    : even(whole, Math.floor(days * 24 / HOURS[pattern]))
  return cut.map(span => ({ ...span, night: isNight(span) }))
}

/** The parts of a span that lie between 8:00 and 20:00, day by day. */
function daytimes(span: Span): Span[] {
  const out: Span[] = []
  for (let day = startOfDay(span.starts_at); day < ms(span.ends_at); day += DAY) {
    const part = clampSpan(spanOf(day + MORNING * HOUR, day + EVENING * HOUR), span)
    if (part) out.push(part)
  }
  return out
}

/** A span in `n` parts, as even as half hours allow. */
export function even(span: Span, n: number): Span[] {
  const from = ms(span.starts_at)
  const half = 30 * MINUTE
  const edge = (i: number): number =>
    i === n ? ms(span.ends_at) : from + Math.round((ms(span.ends_at) - from) * i / n / half) * half
  return Array.from({ length: n }, (_, i) => spanOf(edge(i), edge(i + 1)))
}

/** The length that most duty by day has, in whole hours; undefined where there is none. */
export function usualHours(duty: readonly Span[]): number | undefined {
  const count = new Map<number, number>()
  for (const span of duty.filter(s => !isNight(s))) {
    const hours = Math.round(minutes(span) / 60)
    if (hours >= 2 && hours <= 12) count.set(hours, (count.get(hours) ?? 0) + 1)
  }
  return [...count].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0]
}
