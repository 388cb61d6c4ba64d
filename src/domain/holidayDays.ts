import type { DayKind } from './words.ts'
import { atShanghai, DAY, dayKey, daysBetween } from './time.ts'

/** A day that differs from the days of the week; `day` YYYY-MM-DD. */
export interface HolidayDay { day: string, kind: DayKind, name: string }

/** Days of one holiday and kind that follow each other; `first` and `last` YYYY-MM-DD. */
export interface HolidaySpan { kind: HolidayDay['kind'], name: string, first: string, last: string, days: number }

/** Days as a notice tells them: stretches of free days, and single weekends that are worked. In order. */
export function holidaySpans(days: readonly HolidayDay[]): HolidaySpan[] {
  const spans: HolidaySpan[] = []
  for (const { day, kind, name } of [...days].sort((a, b) => a.day < b.day ? -1 : 1)) {
    const before = spans.at(-1)
    const goesOn = before?.kind === kind && before.name === name
      && daysBetween(atShanghai(before.last), atShanghai(day)) === 1
    if (goesOn) Object.assign(before, { last: day, days: before.days + 1 })
    else spans.push({ kind, name, first: day, last: day, days: 1 })
  }
  return spans
}

/** Every day after the first up to the last; at most a month, so that a slip of the pen makes no endless list. */
export function daysAfter(first: string, last: string): string[] {
  const from = atShanghai(first)
  const count = Math.min(31, Math.max(0, Math.round((atShanghai(last) - from) / DAY)))
  return Array.from({ length: count }, (_, i) => dayKey(from + (i + 1) * DAY))
}
