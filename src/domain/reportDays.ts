import type { Instant } from './time.ts'
import { DAY, iso, ms } from './time.ts'

/** A community answers a report within three times 24 hours (R25), whatever the day of the week. */
const SPAN = 3 * DAY

/** By when a report that came at `at` is to be answered, ISO. */
export function answerBy(at: Instant): string {
  return iso(ms(at) + SPAN)
}

/** What is left of the three days, in days begun; `late`: whole days since they were over. */
export interface DaysLeft { late: boolean, days: number }

/** How long a report that came at `at` may still wait. */
export function daysLeft(at: Instant, now: Instant): DaysLeft {
  const over = ms(now) - ms(at) - SPAN
  return over < 0 ? { late: false, days: Math.ceil(-over / DAY) } : { late: true, days: Math.floor(over / DAY) }
}

/** The share of the three days that is gone, from 0; 1 and more: they are over. */
export function daysUsed(at: Instant, now: Instant): number {
  return Math.max(0, (ms(now) - ms(at)) / SPAN)
}
