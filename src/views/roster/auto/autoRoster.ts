import type { Calendar } from '#domain/restDays.ts'
import type { OpenDraft } from '#queries/autoRows.ts'
import type { Cause } from '#solver/causes.ts'
import type { Problem, Roster } from '#solver/problem.ts'
import type { Answer, SolveEvent } from '#solver/solve.ts'
import type { AutoInput, AutoProblem, Liftable, Server, SettledTurn } from './autoProblem.ts'
import type { ChoiceReason } from './choiceReasons.ts'
import type { Quota, Short } from './quotas.ts'
import type { Seat } from './seats.ts'
import { atShanghai, DAY, dayKey } from '#domain/time.ts'
import { causesOf } from '#solver/causes.ts'
import { unfilledOf } from '#solver/judge.ts'
import { OFF } from '#solver/problem.ts'
import { autoProblem, LIFTABLE } from './autoProblem.ts'
import { reasonOf } from './choiceReasons.ts'
import { forbiddenTurns, without } from './forbidden.ts'
import { dutyDay } from './kinds.ts'
import { owedNow, shortOf } from './quotas.ts'
import { seatsOf } from './seats.ts'
import { hoursOf, NOTHING_SERVED, servedBefore } from './served.ts'
import { evenness } from './shares.ts'

/** Somebody who may be put on shifts by the automatic roster. */
export type AutoPerson = Omit<Server, 'served'>

/** What is to be filled, and all that is settled already. `turns` reach back as far as turns are to be even. */
export interface AutoAsk {
  days: readonly string[]
  shifts: readonly OpenDraft[]
  turns: readonly SettledTurn[]
  people: readonly AutoPerson[]
  calendar: Calendar
  /** none given = nothing is asked of any unit */
  quotas?: readonly Quota[]
  /** the rule that is left aside, to see what it keeps empty */
  lift?: Liftable
}

/** A shift that keeps empty places; `cause` null = it was stopped before its week was made. */
export interface AutoGap { shift: OpenDraft, missing: number, cause: Cause | null }

/** What came out. `reason` tells why somebody was chosen, when it is asked. */
export interface AutoResult {
  shifts: readonly OpenDraft[]
  seats: Seat[]
  gaps: AutoGap[]
  reason: (seat: Seat) => ChoiceReason
  /** nobody can fill more places, and no roster is more even */
  proven: boolean
  /** how evenly hours lie before and after, 0–100; null = nobody has any */
  even: { before: number | null, after: number | null }
  /** those with at least a shift more than the mean: hours with the past */
  over: { id: string, name: string, hours: number }[]
  /** units that stay below their quotas */
  short: Short[]
}

/** Fills one problem; answers null when it was stopped before there was anything. */
export type Fill = (problem: Problem, share: number, tell: (event: SolveEvent) => void) => Promise<Answer | null>
/** `filled` of `places` so far. */
export interface AutoProgress { filled: number, places: number }

/** Longer rosters are made week by week: each goes on from those before it. */
const WINDOW = 7

const dayOfShift = (shift: OpenDraft): string => dayKey(dutyDay(shift))

interface Week { input: AutoInput, of: AutoProblem, roster: Roster, seats: Seat[] }

/** Whose the turns of the days asked are, one entry for each. */
function turnsWithin({ days, turns }: AutoAsk): string[] {
  return turns.filter(turn => days.includes(dayKey(dutyDay(turn)))).map(turn => turn.responder_id)
}

/** `part` = the part of the places still open that lies in these days. */
function inputOf(ask: AutoAsk, days: readonly string[], made: readonly SettledTurn[], part: number): AutoInput {
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
    lift: ask.lift ?? null,
  }
}

/** The duty days of some days, in whole weeks: the first morning belongs to the evening before. */
function windows(days: readonly string[]): string[][] {
  const out = [[dayKey(atShanghai(days[0]!) - DAY), ...days.slice(0, WINDOW)]]
  for (let from = WINDOW; from < days.length; from += WINDOW) out.push(days.slice(from, from + WINDOW))
  return out
}

/** The hours of each person with the past and what is made. */
function hoursOfAll(ask: AutoAsk, seats: readonly Seat[], shifts: ReadonlyMap<string, OpenDraft>): Map<string, number> {
  const hours = new Map(ask.people.map(p => [p.id, 0]))
  const add = (id: string, span: OpenDraft | SettledTurn): void => {
    if (hours.has(id)) hours.set(id, hours.get(id)! + hoursOf(span))
  }
  for (const turn of ask.turns) add(turn.responder_id, turn)
  for (const seat of seats) add(seat.responder_id, shifts.get(seat.shift_id)!)
  return hours
}

/** Places of the shifts that nobody took, with why; those of weeks that were not made, because it was stopped, too. */
function gapsOf(ask: AutoAsk, weeks: readonly Week[]): AutoGap[] {
  const made = new Set(weeks.flatMap(({ input }) => input.shifts))
  const unmade = ask.shifts.filter(shift => !made.has(shift))
  const found = weeks.flatMap(({ input, of, roster, seats }) => {
    const causes = causesOf(of.problem, roster)
    return input.shifts.flatMap((shift) => {
      const missing = shift.missing - seats.filter(s => s.shift_id === shift.id).length
      const at = { day: of.dayOf(shift), duty: of.kinds.of(shift) }
      const cause = causes.find(c => c.day === at.day && c.duty === at.duty) ?? null
      return missing > 0 ? [{ shift, missing, cause }] : []
    })
  })
  return [...found, ...unmade.map(shift => ({ shift, missing: shift.missing, cause: null }))]
}

function resultOf(ask: AutoAsk, weeks: readonly Week[], proven: boolean): AutoResult {
  const seats = weeks.flatMap(w => w.seats)
  const shifts = new Map(ask.shifts.map(s => [s.id, s]))
  const [before, after] = [hoursOfAll(ask, [], shifts), hoursOfAll(ask, seats, shifts)]
  const mean = [...after.values()].reduce((a, b) => a + b, 0) / Math.max(1, after.size)
  const shift = Math.max(0, ...ask.shifts.map(hoursOf))
  const names = new Map(ask.people.map(p => [p.id, p.name]))
  const over = [...after].filter(([, hours]) => hours >= mean + shift && hours > mean)
  const weekOf = new Map(weeks.flatMap(week => week.seats.map(seat => [seat, week])))
  return {
    shifts: ask.shifts,
    seats,
    gaps: gapsOf(ask, weeks),
    reason: (seat) => {
      const { input, of, roster } = weekOf.get(seat)!
      return reasonOf(input, of, roster, seat)
    },
    proven,
    even: { before: evenness([...before.values()]), after: evenness([...after.values()]) },
    over: over.sort((a, b) => b[1] - a[1]).map(([id, n]) => ({ id, name: names.get(id)!, hours: Math.round(n) })),
    short: shortOf(ask.quotas ?? [], ask.people, [...turnsWithin(ask), ...seats.map(seat => seat.responder_id)]),
  }
}

/** How often a roster is made again without the turns that the rules of rest do not allow after all. */
const AGAIN = 3

/** A roster in which everybody is rested; null when it was stopped before there was anything. */
async function rested(
  input: AutoInput, of: AutoProblem, fill: (problem: Problem) => Promise<Answer | null>,
): Promise<{ roster: Roster, proven: boolean } | null> {
  // nobody at all: every place stays empty
  if (of.problem.people.length === 0) return { roster: [], proven: true }
  let best: Roster | null = null
  for (let round = 0, problem = of.problem; round <= AGAIN; round++) {
    const answer = await fill(problem)
    // stopped: what was found before is still good
    if (answer === null) break
    if (answer.status === 'no_roster') throw new Error('people without a roster were left in the problem')
    best = answer.roster
    const tired = forbiddenTurns(input, of, best)
    if (tired.length === 0) return { roster: best, proven: answer.proven && round === 0 }
    problem = without(problem, tired)
  }
  if (best === null) return null
  for (let tired = forbiddenTurns(input, of, best); tired.length > 0; tired = forbiddenTurns(input, of, best)) {
    for (const { person, day } of tired) best[person]![day] = OFF
  }
  return { roster: best, proven: false }
}

/** How many places a roster leaves empty. */
const emptyPlaces = (problem: Problem, roster: Roster): number =>
  unfilledOf(problem, roster).reduce((sum, place) => sum + place.missing, 0)

/**
 * Fills the open places of some days, week by week (docs/solver.md).
 * @param ask what is to be filled
 * @param fill makes the roster of one problem; `share` = its part of the work, from 0 to 1
 * @param tell hears how far it has come
 * @returns null when it was stopped before there was anything
 */
export async function autoRoster(
  ask: AutoAsk, fill: Fill, tell: (progress: AutoProgress) => void = () => {},
): Promise<AutoResult | null> {
  const weeks: Week[] = []
  const made: SettledTurn[] = []
  const shifts = new Map(ask.shifts.map(s => [s.id, s]))
  const places = ask.shifts.reduce((sum, s) => sum + s.missing, 0)
  const parts = windows(ask.days).map(days => inputOf(ask, days, [], 1)).filter(input => input.shifts.length > 0)
  let [filled, proven, left] = [0, true, places]
  for (const { days, shifts: open } of parts) {
    const wanted = open.reduce((sum, s) => sum + s.missing, 0)
    const input = inputOf(ask, days, made, wanted / Math.max(1, left))
    const of = autoProblem(input)
    left -= wanted
    const found = await rested(input, of, problem => fill(problem, wanted / places, (event) => {
      if (event.kind === 'best') tell({ filled: filled + wanted - emptyPlaces(of.problem, event.roster), places })
    }))
    if (found === null) return weeks.length > 0 ? resultOf(ask, weeks, false) : null
    const { roster } = found
    const seats = seatsOf(input, of, roster)
    weeks.push({ input, of, roster, seats })
    filled += seats.length
    proven &&= found.proven
    for (const { shift_id, responder_id } of seats) {
      const { post_id, starts_at, ends_at } = shifts.get(shift_id)!
      made.push({ responder_id, post_id, starts_at, ends_at })
    }
    tell({ filled, places })
  }
  return resultOf(ask, weeks, proven && parts.length === 1)
}

/** What a rule keeps empty: without it so many more places would be filled. */
export interface Lift { rule: Liftable, frees: number }

/**
 * Leaves one rule after the other aside and makes the roster again: which rules keep places empty. The most first, no
 * more than five. Nothing of it is taken: only a coordinator lifts a rule, by name.
 */
export async function liftsOf(ask: AutoAsk, result: AutoResult, fill: Fill): Promise<Lift[]> {
  const empty = (r: AutoResult): number => r.gaps.reduce((sum, gap) => sum + gap.missing, 0)
  // what was stopped is made to its end before: no rule kept the weeks empty that it did not reach
  const whole = result.gaps.some(gap => gap.cause === null) ? await autoRoster(ask, fill) : result
  if (whole === null) return []
  const lifts: Lift[] = []
  for (const rule of LIFTABLE) {
    const without = await autoRoster({ ...ask, lift: rule }, fill)
    if (without === null) break
    const frees = empty(whole) - empty(without)
    if (frees > 0) lifts.push({ rule, frees })
  }
  return lifts.sort((a, b) => b.frees - a.frees).slice(0, 5)
}
