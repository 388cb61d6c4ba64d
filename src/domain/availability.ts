import type { Availability } from './personTimes.ts'
import type { HolidayTable } from './restDays.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import type { DayPart, WeekLine } from './weekParts.ts'
import { overlaps, spanOf } from './span.ts'
import { atShanghai, DAY, dayKey, HOUR, ms, shanghai, startOfDay } from './time.ts'
import { DAY_PARTS, WEEKDAYS } from './weekParts.ts'

/** Hours from 00:00 of the day that a part lasts. */
const PART_HOURS: Readonly<Record<DayPart, readonly [from: number, to: number]>> =
  { day: [8, 18], evening: [18, 22], night: [22, 32] }

/** When somebody can serve, with the calendar that tells a holiday. */
export interface Hours extends Pick<Availability, 'fits' | 'ready_until'> { table: HolidayTable }

/** Which line a day (YYYY-MM-DD) goes by; a weekend that is worked (调休) counts as the working day beside it. */
function weekLine(day: string, { holidays, workdays }: HolidayTable): WeekLine {
  if (day in holidays) return 'holiday'
  const { weekday } = shanghai(atShanghai(day))
  if (day in workdays && weekday > 5) return weekday === 6 ? 'fri' : 'mon'
  return WEEKDAYS[weekday - 1]!
}

/** The parts of days within a span that do not suit somebody; none for those who said nothing. */
export function offParts(hours: Hours | undefined, span: Span): Span[] {
  const fits = hours?.fits
  if (!fits) return []
  const out: Span[] = []
  for (let at = startOfDay(span.starts_at) - DAY; at < ms(span.ends_at); at += DAY) {
    const line = weekLine(dayKey(at), hours.table)
    for (const part of DAY_PARTS) {
      const [from, to] = PART_HOURS[part]
      const of = spanOf(at + from * HOUR, at + to * HOUR)
      if (overlaps(of, span) && !fits.includes(`${line}.${part}`)) out.push(of)
    }
  }
  return out
}

/**
 * Does a span touch a part of the week that does not suit somebody? Not where 今天可以 reaches its beginning, or `now` if
 * it has begun. SQL: private.is_off_hours; tests/vectors/availability.json holds both to one rule.
 */
export function isOffHours(hours: Hours | undefined, span: Span, now: Instant): boolean {
  return offHoursWithin(hours, span, now)(span)
}

/** `isOffHours` for many spans inside one window, whose parts are looked up once. */
export function offHoursWithin(hours: Hours | undefined, window: Span, now: Instant): (span: Span) => boolean {
  const parts = offParts(hours, window)
  return span => parts.some(part => overlaps(part, span)) && !isReady(hours, Math.max(ms(span.starts_at), ms(now)))
}

/** Did somebody say 今天可以, and does it reach a moment? SQL: private.is_ready. */
export function isReady(hours: Pick<Hours, 'ready_until'> | undefined, at: Instant): boolean {
  return hours !== undefined && hours.ready_until !== null && ms(hours.ready_until) > ms(at)
}

/** The next 06:00, ms: until then 今天可以 and 今天不行 hold. SQL: private.night_end. */
export function nightEnd(now: Instant): number {
  return startOfDay(ms(now) - 6 * HOUR) + 30 * HOUR
}
