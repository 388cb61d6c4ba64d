import type { Span } from './span.ts'
import type { AssignmentState, CalloutKind } from './words.ts'
import { isBinding } from './assignment.ts'
import { isNight } from './pattern.ts'
import { spanOf } from './span.ts'
import { DAY, HOUR, iso, MINUTE, ms, startOfDay } from './time.ts'

/** Nobody lifts these: longer than 12 h in a row; more than 12 h within any 24 h. */
export type HardLimit = 'continuous' | 'day_hours'
/**
 * A coordinator may lift these by name: more than 8 h in a row that touch the night, less than 11 h of rest, more than
 * 3 nights or 6 days in a row.
 */
export type SoftLimit = 'night_hours' | 'rest' | 'nights' | 'days'
/** `hours_24`: hours on duty in the 24 h before the shift. */
export interface Fatigue { hours_24: number, hard: HardLimit | null, soft: SoftLimit[] }
/** One turn of a person. The time they really stayed counts; a drill does not. */
export interface FatigueTurn extends Span {
  state: AssignmentState, on_post_at: string | null, off_post_at: string | null, callout_kind?: CalloutKind | null
}

interface Stay { from: number, to: number }
/** A break shorter than this is no break. */
const BREAK = 30 * MINUTE
/** How far before and after a shift the rules of rest look, ms. */
export const REST_REACH = 8 * DAY

function stayOf(turn: FatigueTurn): Stay {
  const over = turn.state === 'done' || turn.state === 'relieved'
  return { from: ms(turn.on_post_at ?? turn.starts_at), to: ms(over ? turn.off_post_at ?? turn.ends_at : turn.ends_at) }
}

/** Stays joined where the break between them is none. */
function blocksOf(stays: readonly Stay[]): Stay[] {
  const blocks: Stay[] = []
  for (const stay of [...stays].sort((a, b) => a.from - b.from)) {
    const last = blocks.at(-1)
    if (last && stay.from - last.to < BREAK) last.to = Math.max(last.to, stay.to)
    else blocks.push({ ...stay })
  }
  return blocks
}

const within = (stays: readonly Stay[], from: number, to: number): number =>
  stays.reduce((sum, s) => sum + Math.max(0, Math.min(s.to, to) - Math.max(s.from, from)), 0)

/** The most anybody would serve within 24 h of any window that shares a moment with the shift, ms. */
function busiestDay(blocks: readonly Stay[], shift: Stay): number {
  const windows = blocks.flatMap(b => [b.from, b.to - DAY]).filter(from => from < shift.to && from + DAY > shift.from)
  return Math.max(...windows.map(from => within(blocks, from, from + DAY)))
}

/** Daily rest (Directive 2003/88/EC, Art. 3): 11 consecutive hours free in the 24 h from the start of each block. */
function isRested(blocks: readonly Stay[], shift: Stay): boolean {
  return blocks.filter(b => b.from < shift.to && b.from + DAY > shift.from).every(({ from }) => blocks.some((b, i) => {
    const next = blocks[i + 1]?.from ?? Infinity
    return b.from >= from && b.to < from + DAY && Math.min(next, from + DAY) - b.to >= 11 * HOUR
  }))
}

/** Nights a stay touches, each by the day its evening lies in (ms of 00:00 Asia/Shanghai). */
function nightsOf({ from, to }: Stay): number[] {
  const nights: number[] = []
  for (let day = startOfDay(from) - DAY; day < to; day += DAY) {
    if (from < day + 30 * HOUR && to > day + 22 * HOUR) nights.push(day)
  }
  return nights
}

/** Length of the longest run of consecutive days that has one of `mine` in it. */
function run(days: ReadonlySet<number>, mine: readonly number[]): number {
  return Math.max(0, ...mine.map((day) => {
    let n = 1
    for (let d = day - DAY; days.has(d); d -= DAY) n++
    for (let d = day + DAY; days.has(d); d += DAY) n++
    return n
  }))
}

/**
 * What one more shift would do to a person (R17). Counts binding turns, unsent ones of this phone too, and the time
 * really stayed; never drills. SQL: private.fatigue_of; tests/vectors/fatigue.json holds both to one rule.
 */
export function fatigueOf(turns: readonly FatigueTurn[], shift: Span): Fatigue {
  const mine = { from: ms(shift.starts_at), to: ms(shift.ends_at) }
  const others = turns
    .filter(t => t.callout_kind !== 'drill' && (isBinding(t.state) || t.state === 'done' || t.state === 'relieved'))
    .map(stayOf)
    .filter(s => s.to > s.from && s.from < mine.to + REST_REACH && s.to > mine.from - REST_REACH)
  const blocks = blocksOf([...others, mine])
  const own = blocks.find(b => b.from <= mine.from && b.to >= mine.to)!
  const hard: HardLimit | null = own.to - own.from > 12 * HOUR
    ? 'continuous'
    : busiestDay(blocks, mine) > 12 * HOUR
      ? 'day_hours'
      : null
  const soft: [SoftLimit, boolean][] = [
    ['night_hours', own.to - own.from > 8 * HOUR && isNight(spanOf(iso(own.from), iso(own.to)))],
    ['rest', !isRested(blocks, mine)],
    ['nights', run(new Set(blocks.flatMap(nightsOf)), nightsOf(own)) > 3],
    ['days', run(new Set(blocks.map(b => startOfDay(b.from))), [startOfDay(own.from)]) > 6],
  ]
  return {
    hours_24: Math.round(within(others, mine.from - DAY, mine.from) / HOUR * 100) / 100,
    hard,
    soft: soft.filter(([, over]) => over).map(([limit]) => limit),
  }
}
