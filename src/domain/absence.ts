import type { Span } from './span.ts'
import type { TimeWords } from './timeText.ts'
import { overlaps, spanOf } from './span.ts'
import { atShanghai, DAY, hhmm, ms } from './time.ts'
import { dateText, spanText } from './timeText.ts'

/**
 * The first absence (请假) that touches a span, or undefined. SQL: private.absence_at; tests/vectors/absence.json holds
 * both to one rule.
 */
export function awayDuring<T extends Span>(absences: readonly T[], span: Span): T | undefined {
  const touching = absences.filter(a => overlaps(a, span))
  return touching.sort((a, b) => ms(a.starts_at) - ms(b.starts_at))[0]
}

/** Gathers absences by person. */
export function absencesByPerson<T extends { responder_id: string }>(absences: readonly T[]): Map<string, T[]> {
  const by = new Map<string, T[]>()
  for (const a of absences) by.set(a.responder_id, [...by.get(a.responder_id) ?? [], a])
  return by
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
const isTime = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)

/** Whole days from the first to the last, both included; null when they are no days in that order. */
export function daysAway(first: string, last: string): Span | null {
  return isDay(first) && isDay(last) && first <= last ? spanOf(atShanghai(first), atShanghai(last) + DAY) : null
}

/** Hours of one day; an end that is not after the start lies on the next day. Null when they are no times of day. */
export function hoursAway(day: string, from: string, to: string): Span | null {
  if (!isDay(day) || !isTime(from) || !isTime(to)) return null
  const [start, end] = [atShanghai(day, from), atShanghai(day, to)]
  return spanOf(start, end > start ? end : end + DAY)
}

/** '12月3日 周四', '12月3日 周四–12月5日 周六', '12月3日 周四 14:00–18:00'. */
export function absenceText(absence: Span, words: TimeWords): string {
  const { starts_at, ends_at } = absence
  const first = dateText(starts_at, words)
  if (hhmm(starts_at) !== '00:00' || hhmm(ends_at) !== '00:00') return `${first} ${spanText(absence, words)}`
  const last = dateText(ms(ends_at) - 1, words)
  return first === last ? first : `${first}–${last}`
}
