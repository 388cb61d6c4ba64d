import type { Calendar } from '#domain/restDays.ts'
import type { LeftOut, OpenDraft } from '#queries/autoRows.ts'
import type { Problem, Roster } from '#solver/problem.ts'
import type { Answer, SolveEvent } from '#solver/solve.ts'
import type { AutoInput, Liftable, Server, SettledTurn } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import type { Quota } from './quotas.ts'
import type { Seat } from './seats.ts'
import { atShanghai, DAY, dayKey } from '#domain/time.ts'
import { dutyDay } from './kinds.ts'
import { owedNow } from './quotas.ts'
import { NOTHING_SERVED, servedBefore } from './served.ts'

/** Somebody who may be put on shifts by the automatic roster. */
export type AutoPerson = Omit<Server, 'served'>

/** What is to be filled, and all that is settled already. `turns` reach back as far as turns are to be even. */
export interface AutoAsk {
  days: readonly string[]
  shifts: readonly OpenDraft[]
  turns: readonly SettledTurn[]
  people: readonly AutoPerson[]
  /** people who are not asked at all, and why */
  left: readonly LeftOut[]
  /** the day (YYYY-MM-DD) from which turns are known */
  known_since: string
  calendar: Calendar
  /** none given = nothing is asked of any unit */
  quotas?: readonly Quota[]
}

/**
 * Fills one problem; answers null when it was stopped before there was anything. `share` = its part of the work, from 0
 * to 1; `warm` = a roster to begin with.
 */
export type Fill = (
  problem: Problem, share: number, tell: (event: SolveEvent) => void, warm?: Roster,
) => Promise<Answer | null>
/** `filled` of `places` so far. */
export interface AutoProgress { filled: number, places: number }

/** A part of the days that was made at once: what it was made from, and what came out. */
export interface Week { input: AutoInput, of: AutoProblem, roster: Roster, seats: Seat[] }

/** Longer rosters are made week by week: each goes on from those before it. */
const WINDOW = 7

const dayOfShift = (shift: OpenDraft): string => dayKey(dutyDay(shift))

/** Whose the turns of the days asked are, one entry for each. */
export function turnsWithin({ days, turns }: AutoAsk): string[] {
  return turns.filter(turn => days.includes(dayKey(dutyDay(turn)))).map(turn => turn.responder_id)
}

/**
 * What one part of the days is made from.
 * @param ask the whole
 * @param days of the part
 * @param made turns that other parts have made
 * @param part of the places still open that lies in these days
 * @param lift the rule that is left aside
 */
export function inputOf(
  ask: AutoAsk, days: readonly string[], made: readonly SettledTurn[], part: number, lift: Liftable | null = null,
): AutoInput {
  const having = [...turnsWithin(ask), ...made.map(turn => turn.responder_id)]
  const turns = [...ask.turns, ...made]
  const served = servedBefore(turns, atShanghai(days[0]!), ask.calendar)
  return {
    days,
    turns,
    shifts: ask.shifts.filter(s => days.includes(dayOfShift(s))),
    servers: ask.people.map(person => ({ ...person, served: served.get(person.id) ?? NOTHING_SERVED })),
    restDays: days.filter(ask.calendar.rest),
    holidays: days.filter(ask.calendar.holiday),
    quotas: owedNow(ask.quotas ?? [], ask.people, having, part),
    lift,
  }
}

/** The duty days asked, in whole weeks with something to fill: the first morning belongs to the evening before. */
export function partsOf({ days, shifts }: AutoAsk): string[][] {
  const out = [[dayKey(atShanghai(days[0]!) - DAY), ...days.slice(0, WINDOW)]]
  for (let from = WINDOW; from < days.length; from += WINDOW) out.push(days.slice(from, from + WINDOW))
  return out.filter(part => shifts.some(shift => part.includes(dayOfShift(shift))))
}

/** The turns that seats are. */
export function turnsOf(ask: AutoAsk, seats: readonly Seat[]): SettledTurn[] {
  const shifts = new Map(ask.shifts.map(s => [s.id, s]))
  return seats.map(({ shift_id, responder_id }) => {
    const { post_id, starts_at, ends_at } = shifts.get(shift_id)!
    return { responder_id, post_id, starts_at, ends_at }
  })
}
