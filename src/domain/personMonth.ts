import type { MonthDuty } from './monthDuty.ts'
import type { Calendar } from './restDays.ts'
import type { Span } from './span.ts'
import { awayDuring } from './absence.ts'
import { monthDuty } from './monthDuty.ts'
import { isNight } from './pattern.ts'
import { overlaps, spanOf } from './span.ts'
import { DAY, dayKey, HOUR, ms } from './time.ts'

/** One day of a month as somebody has it. `night` and `duty` go by where a turn begins; `free` as the calendar says. */
export interface MonthDay {
  /** YYYY-MM-DD */
  day: string
  free: 'weekend' | 'holiday' | null
  duty: 'day' | 'night' | null
  away: boolean
  /** the shift that somebody is looked for begins on this day */
  asked: boolean
}
/** A turn before or after the shift in question, and the whole hours of rest between. */
export interface Neighbour<T> { turn: T, rest: number }

/** What somebody has in a month, around one shift they could take; facts to weigh, and never a rank. */
export interface PersonMonth<T extends Span> extends Omit<MonthDuty, 'free_days'> {
  /** turns that begin on a weekend, and on a public holiday, which count apart (R20) */
  weekends: number
  holidays: number
  days: MonthDay[]
  before: Neighbour<T> | null
  after: Neighbour<T> | null
}

/**
 * Somebody's month at a glance.
 * @param turns what they have, in this month and around it; drills left out
 * @param month the whole month
 * @param shift the shift that somebody is looked for
 * @param calendar free days and public holidays
 * @param absences when they said they are away
 */
export function personMonth<T extends Span>(
  turns: readonly T[], month: Span, shift: Span, calendar: Calendar, absences: readonly Span[],
): PersonMonth<T> {
  const first = ms(month.starts_at)
  const inside = turns.filter(t => ms(t.starts_at) >= first && ms(t.starts_at) < ms(month.ends_at))
  const { hours, nights, longest_rest } = monthDuty(inside, month, () => false)
  const count = (is: (day: string) => boolean): number => inside.filter(t => is(dayKey(t.starts_at))).length
  const length = Math.round((ms(month.ends_at) - first) / DAY)
  return {
    hours,
    nights,
    longest_rest,
    weekends: count(calendar.rest),
    holidays: count(calendar.holiday),
    days: Array.from({ length }, (_, i) => dayOf(first + i * DAY, inside, shift, calendar, absences)),
    ...neighbours(turns, shift),
  }
}

function dayOf(
  at: number, turns: readonly Span[], shift: Span, calendar: Calendar, absences: readonly Span[],
): MonthDay {
  const day = dayKey(at)
  const own = turns.filter(t => dayKey(t.starts_at) === day)
  return {
    day,
    free: calendar.holiday(day) ? 'holiday' : calendar.rest(day) ? 'weekend' : null,
    duty: own.some(isNight) ? 'night' : own.length > 0 ? 'day' : null,
    away: awayDuring(absences, spanOf(at, at + DAY)) !== undefined,
    asked: dayKey(shift.starts_at) === day,
  }
}

/** The last turn that ends before a shift, and the first that begins after it; what overlaps it is neither. */
function neighbours<T extends Span>(turns: readonly T[], shift: Span): Pick<PersonMonth<T>, 'before' | 'after'> {
  const [from, to] = [ms(shift.starts_at), ms(shift.ends_at)]
  const others = turns.filter(t => !overlaps(t, shift)).sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
  const before = others.filter(t => ms(t.ends_at) <= from).at(-1)
  const after = others.find(t => ms(t.starts_at) >= to)
  return {
    before: before ? { turn: before, rest: Math.floor((from - ms(before.ends_at)) / HOUR) } : null,
    after: after ? { turn: after, rest: Math.floor((ms(after.starts_at) - to) / HOUR) } : null,
  }
}
