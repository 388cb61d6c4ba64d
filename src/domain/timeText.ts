import type { Span } from './span.ts'
import type { Instant, Lapse, ShanghaiParts } from './time.ts'
import { daysBetween, hhmm, lapse, MINUTE, ms, shanghai } from './time.ts'

/** The words a language needs to say times. Two ready sets: `zhTime`, `enTime`. */
export interface TimeWords {
  date: (p: ShanghaiParts) => string
  /** Monday first */
  weekday: readonly string[]
  today: string
  tonight: string
  tomorrow: string
  yesterday: string
  nextDay: (clock: string) => string
  left: (amount: string) => string
  ago: (amount: string) => string
  amount: (l: Pick<Lapse, 'days' | 'hours' | 'minutes'>) => string
}

/** '11月23日 周一' / 'Mon 23 Nov'. */
export function dateText(at: Instant, words: TimeWords): string {
  const p = shanghai(at)
  return words.date(p).replace('{weekday}', words.weekday[p.weekday - 1] ?? '')
}

/** '11月23日' / '23 Nov'. */
export function plainDate(at: Instant, words: TimeWords): string {
  return words.date(shanghai(at)).replace('{weekday}', '').trim()
}

/** 今天, 今晚 (from 18:00), 明天, 昨天, else the date with its weekday. */
export function dayText(at: Instant, now: Instant, words: TimeWords): string {
  switch (daysBetween(now, at)) {
    case 0: return shanghai(at).hour >= 18 ? words.tonight : words.today
    case 1: return words.tomorrow
    case -1: return words.yesterday
    default: return dateText(at, words)
  }
}

/** The end of a span beside its start: '20:00', '24:00', '次日 02:00'; more than a day later it carries its date. */
export function endText(span: Span, words: TimeWords): string {
  const days = daysBetween(span.starts_at, span.ends_at)
  const end = hhmm(span.ends_at)
  if (days <= 0) return end
  if (days > 1) return `${dateText(span.ends_at, words)} ${end}`
  return end === '00:00' ? '24:00' : words.nextDay(end)
}

/** '17:00–20:00', '20:00–24:00', '23:00–次日 02:00'; an end more than a day later carries its date. */
export function spanText(span: Span, words: TimeWords): string {
  return `${hhmm(span.starts_at)}–${endText(span, words)}`
}

/** Day and span in one: '今晚 20:00–23:00', '11月24日 周二 23:00–次日 02:00'. */
export function whenText(span: Span, now: Instant, words: TimeWords): string {
  return `${dayText(span.starts_at, now, words)} ${spanText(span, words)}`
}

/** One moment: '14:32' today, '明天 14:32', else with its date. */
export function momentText(at: Instant, now: Instant, words: TimeWords): string {
  return daysBetween(now, at) === 0 ? hhmm(at) : `${dayText(at, now, words)} ${hhmm(at)}`
}

/** '还有 2 小时 28 分', '27 分钟前'; days are given without minutes. */
export function untilText(at: Instant, now: Instant, words: TimeWords): string {
  const l = lapse(at, now)
  return l.past ? words.ago(words.amount(l)) : words.left(words.amount(l))
}

/** A length of time in words, from minutes: '2 小时 28 分'. */
export function minutesText(minutes: number, words: TimeWords): string {
  return words.amount(lapse(ms(0) + Math.round(minutes) * MINUTE, 0))
}
