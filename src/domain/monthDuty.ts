import type { Span } from './span.ts'
import { isNight } from './pattern.ts'
import { merge, minutes } from './span.ts'
import { dayKey, HOUR, ms } from './time.ts'

/** What somebody has in a month, at a glance; facts to weigh, and never a rank. */
export interface MonthDuty {
  /** whole hours */
  hours: number
  nights: number
  /** turns that begin on a free day: a weekend, or a holiday */
  free_days: number
  /** hours of the longest rest between two turns, or from either end of the month; null = no duty at all */
  longest_rest: number | null
}
export const NO_DUTY: MonthDuty = { hours: 0, nights: 0, free_days: 0, longest_rest: null }

/**
 * Sums the turns of one person in a month.
 * @param turns those that begin in it
 * @param month the whole month
 * @param isFree whether a day (`YYYY-MM-DD`) is free
 */
export function monthDuty(turns: readonly Span[], month: Span, isFree: (day: string) => boolean): MonthDuty {
  if (turns.length === 0) return NO_DUTY
  const stays = merge(turns)
  const edges = [ms(month.starts_at), ...stays.flatMap(s => [ms(s.starts_at), ms(s.ends_at)]), ms(month.ends_at)]
  const rests = edges.flatMap((at, i) => i % 2 === 1 ? [at - edges[i - 1]!] : [])
  return {
    hours: Math.round(turns.reduce((sum, turn) => sum + minutes(turn), 0) / 60),
    nights: turns.filter(isNight).length,
    free_days: turns.filter(turn => isFree(dayKey(turn.starts_at))).length,
    longest_rest: Math.max(0, Math.floor(Math.max(...rests) / HOUR)),
  }
}
