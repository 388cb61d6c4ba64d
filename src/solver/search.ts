import type { Highs } from 'highs'
import type { Columns } from './columns.ts'
import type { Patience } from './master.ts'
import type { Pricer } from './pricing.ts'
import type { PersonRoster, Problem, Roster } from './problem.ts'
import { columnsOf } from './columns.ts'
import { costOf } from './judge.ts'
import { OFF } from './problem.ts'
import { shuffled } from './random.ts'

/** Below this a price says nothing: the tolerance of the linear program. */
export const NOTHING = 1e-6
/** The least by which one roster is better than another: all costs are whole numbers. */
const STEP = 1

/** The prices that prove a bound, by day × duty, and what each person's cheapest roster costs under them. */
export interface Proof { prices: Float64Array, least: readonly number[] }

/** Days [from, to). */
export interface Span { from: number, to: number }
/** A roster of everybody, and what it costs. */
export interface Whole { roster: Roster, cost: number }

/** One search for a roster, and what it has found. */
export interface Search {
  readonly problem: Problem
  readonly price: Pricer
  readonly columns: Columns
  readonly highs: Highs
  readonly random: () => number
  /** the cheapest roster so far */
  best: Whole
  /** the roster that is being changed: the best, or one near it */
  now: Whole
  /** how much more than the one of now a next roster may cost; 0 = it must cost less */
  slack: number
  /** no roster costs less */
  bound: number
  proof: Proof | null
  /** lets others run; answers whether the search goes on */
  readonly goesOn: () => Promise<boolean>
  /** how long a step that may be long may last: seconds, or nodes where steps are counted */
  readonly patience: (of: { seconds: number, nodes: number }) => Patience
}

/** What a search is made of. */
export type SearchOf = Pick<Search, 'problem' | 'price' | 'highs' | 'random' | 'goesOn' | 'patience'>

/** Adds the turns of a roster to a count by day × duty, or takes them off. */
export function addTurns(problem: Problem, count: Int32Array, roster: PersonRoster, sign: 1 | -1): void {
  for (let day = 0; day < roster.length; day++) {
    if (roster[day] !== OFF) count[day * problem.duties.length + roster[day]!]! += sign
  }
}

/** The cheapest roster of a person beside the turns that others have, by day × duty. Null = their rules leave none. */
export function cheapestBeside(
  { problem, price }: Pick<Search, 'problem' | 'price'>, person: number, count: Int32Array,
): PersonRoster | null {
  const { need, under, over, people } = problem
  const cost = people[person]!.wishes.map((wish, i) => wish + (count[i]! < need[i]! ? -under[i]! : over[i]!))
  return price.best(person, cost)?.roster ?? null
}

/**
 * A first roster: one person after another takes the cheapest of theirs beside the others', until nobody finds a
 * cheaper one.
 */
function descend({ problem, price, random }: SearchOf): PersonRoster[] {
  const { people } = problem
  const count = new Int32Array(problem.need.length)
  const roster = new Map<number, PersonRoster>()
  const order = shuffled(people.keys(), random)
  for (let last = Infinity, now = Number.MAX_VALUE; now < last;) {
    for (const person of order) {
      const before = roster.get(person)
      if (before) addTurns(problem, count, before, -1)
      const found = cheapestBeside({ problem, price }, person, count)!
      roster.set(person, found)
      addTurns(problem, count, found, 1)
    }
    last = now
    now = costOf(problem, people.map((_, i) => roster.get(i)!)).total
  }
  return people.map((_, i) => roster.get(i)!)
}

/**
 * Begins a search with a first roster, or says whose rules leave them none.
 * @param of what the search is made of
 * @param warm a roster to begin with, instead of one of our own; it breaks no rule
 */
export function beginSearch(of: SearchOf, warm: Roster | null = null): Search | { noRoster: number[] } {
  const free = new Float64Array(of.problem.need.length)
  const noRoster = [...of.problem.people.keys()].filter(person => of.price.best(person, free) === null)
  if (noRoster.length > 0) return { noRoster }
  const roster = warm ?? descend(of)
  const columns = columnsOf(of.problem)
  for (const [person, one] of roster.entries()) columns.add(person, one)
  const best = { roster, cost: costOf(of.problem, roster).total }
  return { ...of, columns, best, now: best, slack: 0, bound: -Infinity, proof: null }
}

/** The most that the next roster may cost. */
export function limitOf({ now, slack }: Search): number {
  return slack > 0 ? now.cost + slack : now.cost - STEP
}

/** Takes a roster if it does not cost too much, and keeps it if it is the best so far. */
function offer(search: Search, roster: Roster): void {
  const cost = costOf(search.problem, roster).total
  if (cost <= limitOf(search) + NOTHING) search.now = { roster, cost }
  if (cost < search.best.cost) search.best = { roster, cost }
}

/** Offers the roster of now with the columns that were chosen for some people. */
export function offerChosen(search: Search, chosen: ReadonlyMap<number, number>): void {
  const { columns, now } = search
  offer(search, now.roster.map((roster, i) => chosen.has(i) ? columns.all[chosen.get(i)!]!.roster : roster))
}

/** Nothing can be better than the best roster. */
export function isProven({ best, bound }: Search): boolean {
  return best.cost - bound < STEP - NOTHING
}
