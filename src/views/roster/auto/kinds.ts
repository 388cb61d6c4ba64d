import type { Span } from '#domain/span.ts'
import type { Duty } from '#solver/problem.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { isNight } from '#domain/pattern.ts'
import { minutes, spanOf } from '#domain/span.ts'
import { atShanghai, DAY, HOUR, MINUTE, ms, startOfDay } from '#domain/time.ts'

/**
 * Before this hour a shift belongs to the evening before: who serves 00:00–08:00 on Tuesday serves the night of Monday.
 * Nights in a row are then days in a row, and nobody has two turns in one night.
 */
const MORNING = 6 * HOUR

/** ms of 00:00 of the day whose duty a span is. */
export const dutyDay = ({ starts_at }: Span): number => startOfDay(ms(starts_at) - MORNING)

/**
 * A time of the day at which people serve, whatever the post; `start` in minutes of its duty day. `shut`: at posts that
 * not everybody here may hold; `skill`: at posts that ask for it; `never`: a hard limit of R17 stands against it by
 * itself; `soft`: one that a coordinator may lift by name.
 */
export interface Kind {
  start: number, minutes: number, shut: boolean, skill: string | null, night: boolean, soft: boolean, never: boolean
}

/** A day without any calendar of its own, to try rules on. */
const DAY_ONE = atShanghai('2026-01-05')
const LEAST_REST = 11 * HOUR

const onDay = ({ start, minutes }: Kind, day: number): Span =>
  spanOf(DAY_ONE + day * DAY + start * MINUTE, DAY_ONE + day * DAY + (start + minutes) * MINUTE)

/** Whether nobody serves the second on the day after the first: too little rest, or too much within 24 h (R17). */
function tooClose(first: Kind, second: Kind, leastRest: number): boolean {
  const [before, after] = [onDay(first, 0), onDay(second, 1)]
  if (ms(after.starts_at) - ms(before.ends_at) < leastRest) return true
  return fatigueOf([{ ...before, state: 'accepted', on_post_at: null, off_post_at: null }], after).hard !== null
}

/**
 * The times of day that a problem knows, by number. Posts with the same hours are one kind of duty: who stands at which
 * of them is decided after.
 */
export class Kinds {
  readonly all: Kind[] = []
  readonly #numbers = new Map<string, number>()

  /** the number of a span's kind */
  of(span: Span, shut = false, skill: string | null = null): number {
    const start = (ms(span.starts_at) - dutyDay(span)) / MINUTE
    const key = `${start}+${minutes(span)}${shut ? '!' : ''}${skill === null ? '' : ` ${skill}`}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const alone = fatigueOf([], span)
    const never = alone.hard !== null
    const at = { start, minutes: minutes(span), night: isNight(span) }
    this.all.push({ ...at, shut, skill, soft: alone.soft.length > 0, never })
    this.#numbers.set(key, this.all.length - 1)
    return this.all.length - 1
  }

  /** when a kind is served on the duty day that begins at `day` (ms) */
  spanOn(day: number, kind: number): Span {
    const { start, minutes } = this.all[kind]!
    return spanOf(day + start * MINUTE, day + (start + minutes) * MINUTE)
  }

  /** whether two kinds are at the same time */
  isSameTime(one: number, other: number): boolean {
    const [a, b] = [this.all[one]!, this.all[other]!]
    return a.start === b.start && a.minutes === b.minutes
  }

  /** the kinds as duties of the solver; without the rule of rest, what only is too much within 24 h stays apart */
  duties(withRest: boolean): Duty[] {
    return this.all.map((kind, i) => ({
      id: `${i}`,
      minutes: kind.minutes,
      notNext: this.all.flatMap((next, n) => tooClose(kind, next, withRest ? LEAST_REST : 0) ? [n] : []),
    }))
  }

  /** the numbers of the kinds of which something holds */
  which(holds: (kind: Kind) => boolean): number[] {
    return this.all.flatMap((kind, i) => holds(kind) ? [i] : [])
  }
}
