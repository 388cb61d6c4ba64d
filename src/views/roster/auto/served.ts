import type { Calendar } from '#domain/restDays.ts'
import type { Span } from '#domain/span.ts'
import { isNight } from '#domain/pattern.ts'
import { minutes } from '#domain/span.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { dutyDay } from './kinds.ts'

/** What a person has served before the days of a roster. */
export interface Served {
  hours: number
  nights: number
  /** turns on free days, and on public holidays, which count apart (R20) */
  weekends: number
  holidays: number
  /** whole days since the last turn began; null = none is known */
  since: number | null
}
export const NOTHING_SERVED: Served = { hours: 0, nights: 0, weekends: 0, holidays: 0, since: null }

/** How long a span lasts, in hours. */
export const hoursOf = (span: Span): number => minutes(span) / 60

/** What each person has served on duty days before `first` (ms), by their id. */
export function servedBefore(
  turns: readonly (Span & { responder_id: string })[], first: number, calendar: Calendar,
): Map<string, Served> {
  const all = new Map<string, Served>()
  for (const turn of turns) {
    if (dutyDay(turn) >= first) continue
    const known = all.get(turn.responder_id) ?? NOTHING_SERVED
    const day = dayKey(dutyDay(turn))
    const since = Math.round((first - dutyDay(turn)) / DAY)
    all.set(turn.responder_id, {
      hours: known.hours + hoursOf(turn),
      nights: known.nights + Number(isNight(turn)),
      weekends: known.weekends + Number(calendar.rest(day)),
      holidays: known.holidays + Number(calendar.holiday(day)),
      since: Math.min(since, known.since ?? since),
    })
  }
  return all
}
