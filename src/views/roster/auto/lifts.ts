import type { Problem, Roster } from '#solver/problem.ts'
import type { AutoAsk, Fill } from './autoAsk.ts'
import type { AutoInput, Liftable } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import type { AutoResult } from './autoResult.ts'
import type { Seat } from './seats.ts'
import { breachesOf } from '#solver/judge.ts'
import { OFF } from '#solver/problem.ts'
import { inputOf, partsOf, turnsOf } from './autoAsk.ts'
import { LIFTABLE } from './autoInput.ts'
import { autoProblem } from './autoProblem.ts'
import { emptyPlaces } from './autoRoster.ts'
import { restJudge } from './forbidden.ts'
import { rested } from './rested.ts'
import { seatsOf } from './seats.ts'

/** Somebody whose rule is lifted, with the days (YYYY-MM-DD) of the turns that they then take. */
export interface Lifted { id: string, name: string, days: string[] }
/** What a rule keeps empty: without it so many more places would be filled, by these people. */
export interface Lift { rule: Liftable, frees: number, people: Lifted[] }
/**
 * What is known of the rules so far. `tried` of `all` rules; `more` places are filled by a longer search without any
 * rule lifted; `proven`: no rule that was tried and is not among the lifts frees a place.
 */
export interface Lifts { lifts: Lift[], tried: number, all: number, more: number, proven: boolean }

/**
 * Seats with the places that stay empty, and the least that can; `lifted` = whose rules had to be lifted for them;
 * `stopped`: not every part was looked at.
 */
interface Filled { seats: readonly Seat[], empty: number, least: number, lifted: Lifted[], stopped: boolean }

/** The roster that seats are, in the numbers of a problem; null = somebody of them is not in it. */
function rosterOf(input: AutoInput, of: AutoProblem, seats: readonly Seat[]): Roster | null {
  const roster = of.settled.map(mine => mine.slice())
  const numberOf = new Map(of.servers.map(({ id }, i) => [id, i]))
  const shiftOf = new Map(input.shifts.map(shift => [shift.id, shift]))
  for (const { shift_id, responder_id } of seats) {
    const person = numberOf.get(responder_id)
    if (person === undefined) return null
    const { day, duty } = of.cellOf(shiftOf.get(shift_id)!)
    roster[person]![day] = duty
  }
  return roster
}

/**
 * The problem of filling places and nothing else: an empty one costs more than all turns together that the roster of
 * now does not have. The answer fills as many as can be, with as few changes.
 */
function fillAlone({ problem }: AutoProblem, now: Roster): { problem: Problem, least: (bound: number) => number } {
  const { need, duties } = problem
  const places = need.reduce((sum, n) => sum + n, 0)
  const empty = 10 * (places + 1)
  const people = problem.people.map((person, i) => {
    const limits = person.rules.limits.map(({ cost: _, ...limit }) => limit)
    const wishes = new Float64Array(need.length).fill(1)
    for (const [day, duty] of now[i]!.entries()) {
      if (duty !== OFF) wishes[day * duties.length + duty] = 0
    }
    return { ...person, rules: { ...person.rules, limits }, load: null, wishes }
  })
  const [under, over] = [new Float64Array(need.length).fill(empty), new Float64Array(need.length).fill(2 * empty)]
  // a roster with n empty places costs at most n of them and a turn for each other place
  const least = (bound: number): number => Math.max(0, Math.ceil((bound - places) / empty - 1e-6))
  return { problem: { ...problem, people, under, over }, least }
}

/** Whose rule has to be lifted for a roster, with the days of their new turns. */
function liftedIn(input: AutoInput, of: AutoProblem, was: Roster, now: Roster): Lifted[] {
  if (input.lift === null) return []
  const kept = { ...input, lift: null }
  const strict = autoProblem(kept)
  const isTired = restJudge(kept, strict)
  const numberOf = new Map(strict.servers.map(({ id }, i) => [id, i]))
  return of.servers.flatMap(({ id, name }, i) => {
    const days = [...now[i]!].flatMap((duty, day) =>
      duty !== OFF && duty !== was[i]![day] ? input.days[day] ?? [] : [])
    const person = numberOf.get(id)
    const isAllowed = person !== undefined && breachesOf(strict.problem, person, now[i]!).length === 0
      && isTired(person, now[i]!) === null
    return days.length > 0 && !isAllowed ? [{ id, name, days }] : []
  })
}

/** Before the first rule is looked at. */
export const NOTHING_TRIED: Lifts = { lifts: [], tried: 0, all: LIFTABLE.length, more: 0, proven: true }

/** No more rules are named. */
const MOST = 5

const emptyOf = ({ shifts }: AutoAsk, seats: readonly Seat[]): number =>
  shifts.reduce((sum, shift) => sum + shift.missing, 0) - seats.length

/** Fills more places of a roster, part by part: all that the other parts have stays. Begins with what is there. */
async function fillMore(ask: AutoAsk, seats: readonly Seat[], lift: Liftable | null, fill: Fill): Promise<Filled> {
  const parts = partsOf(ask)
  // what one part could do with other turns in the next is not known
  let [filled, least, whole, stopped] = [seats, 0, parts.length === 1, false]
  const lifted: Lifted[] = []
  for (const days of parts) {
    const shifts = new Set(inputOf(ask, days, [], 1).shifts.map(shift => shift.id))
    const mine = filled.filter(seat => shifts.has(seat.shift_id))
    const others = filled.filter(seat => !shifts.has(seat.shift_id))
    const input = inputOf(ask, days, turnsOf(ask, others), 1, lift)
    const of = autoProblem(input)
    const was = rosterOf(input, of, mine)
    if (was === null) {
      whole = false
      continue
    }
    if (emptyPlaces(of.problem, was) === 0) continue
    const alone = fillAlone(of, was)
    const found = await rested(input, { ...of, problem: alone.problem }, (problem, warm) =>
      fill(problem, 1 / parts.length, () => {}, warm), was)
    if (found === null) {
      stopped = true
      break
    }
    least += of.servers.length > 0 ? alone.least(found.bound) : emptyPlaces(of.problem, was)
    if (emptyPlaces(of.problem, found.roster) >= emptyPlaces(of.problem, was)) continue
    const dealt = seatsOf(input, of, found.roster)
    lifted.push(...liftedIn(input, of, was, dealt.roster))
    filled = [...others, ...dealt.seats]
  }
  return { seats: filled, empty: emptyOf(ask, filled), least: whole ? least : 0, lifted, stopped }
}

/** The same person in several parts is one person. */
function together(people: readonly Lifted[]): Lifted[] {
  const all = new Map<string, Lifted>()
  for (const one of people) all.set(one.id, { ...one, days: [...all.get(one.id)?.days ?? [], ...one.days] })
  return [...all.values()]
}

/**
 * Leaves one rule after the other aside and looks whether more places are filled, beginning with the roster that was
 * found: which rules keep places empty. Nothing of it is taken: only a coordinator lifts a rule, by name.
 * @param ask what was asked
 * @param result what came out
 * @param fill makes the roster of one problem; null = it was stopped
 * @param tell hears what is known so far, the most first
 */
export async function liftsOf(
  ask: AutoAsk, result: AutoResult, fill: Fill, tell: (soFar: Lifts) => void = () => {},
): Promise<Lifts> {
  const empty = emptyOf(ask, result.seats)
  let now = await fillMore(ask, result.seats, null, fill)
  let known = { ...NOTHING_TRIED, more: empty - now.empty }
  for (const rule of now.stopped ? [] : LIFTABLE) {
    const found = await fillMore(ask, now.seats, rule, fill)
    const frees = now.empty - found.empty
    const lift = frees > 0 && found.lifted.length > 0 ? [{ rule, frees, people: together(found.lifted) }] : []
    // nobody's rule had to be lifted: it was only looked longer
    if (frees > 0 && lift.length === 0) now = found
    known = {
      ...known,
      lifts: [...known.lifts, ...lift].sort((a, b) => b.frees - a.frees).slice(0, MOST),
      tried: known.tried + Number(!found.stopped),
      more: empty - now.empty,
      proven: known.proven && (lift.length > 0 || found.least >= now.empty),
    }
    if (found.stopped) break
    tell(known)
  }
  return known
}
