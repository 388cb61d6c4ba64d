import type { Highs } from 'highs'
import type { Cost, Unfilled } from './judge.ts'
import type { Problem, Roster } from './problem.ts'
import type { Search } from './search.ts'
import { dive } from './dive.ts'
import { improve } from './improve.ts'
import { breaches, costOf, unfilledOf } from './judge.ts'
import { pricerOf } from './pricing.ts'
import { randomOf } from './random.ts'
import { relax } from './relax.ts'
import { beginSearch, isProven } from './search.ts'

/**
 * How long to search. `steps`: the same seed and number of steps make the same roster on every machine; `ms`: as far as
 * this machine comes. Both: the steps, unless the time is over before; the answer says so.
 */
export type Budget = { steps: number, ms?: number } | { ms: number }

/** `warmStart`: a roster to begin with, such as the one of now; one that breaks a rule is left aside. */
export interface SolveOptions { seed: number, budget: Budget, warmStart?: Roster }

/** What a search tells while it runs: a better roster, or a higher bound. */
export type SolveEvent = { kind: 'best', roster: Roster, cost: Cost } | { kind: 'bound', bound: number }

/** `late`: the time was over before the steps were, so that another search may end with another roster. */
export interface Solved {
  status: 'solved', roster: Roster, cost: Cost, bound: number, proven: boolean, late: boolean, unfilled: Unfilled[]
}

/**
 * The roster, what it costs, and below what no roster can be. proven: nothing costs less. no_roster: the rules of these
 * people leave them none at all, whatever everybody else does.
 */
export type Answer = Solved | { status: 'no_roster', people: number[] }

/** What a search runs on: time, and a moment in which others run. */
export interface SolvePorts { highs: Highs, now: () => number, rest: () => Promise<void> }

/** Tells what is new in a search since it was last looked at. */
function teller(search: Search, tell: (event: SolveEvent) => void): () => void {
  let [cost, bound] = [Infinity, -Infinity]
  return () => {
    if (search.best.cost < cost) {
      cost = search.best.cost
      tell({ kind: 'best', roster: search.best.roster, cost: costOf(search.problem, search.best.roster) })
    }
    if (search.bound > bound) tell({ kind: 'bound', bound: bound = search.bound })
  }
}

/**
 * Makes a roster (docs/solver.md). Every roster it tells keeps every hard rule, from the first on.
 * @param problem what is asked for
 * @param options the seed, and how long to search
 * @param ports what it runs on
 * @param tell hears of each better roster and each higher bound
 */
export async function solve(
  problem: Problem, options: SolveOptions, ports: SolvePorts, tell: (event: SolveEvent) => void = () => {},
): Promise<Answer> {
  const { budget, seed } = options
  const end = budget.ms === undefined ? Infinity : ports.now() + budget.ms
  const leftMs = (): number => end - ports.now()
  const patience: Search['patience'] = ({ seconds, nodes }) => {
    const left = Math.max(0, leftMs() / 1000)
    return 'steps' in budget ? { nodes, seconds: left } : { seconds: Math.min(seconds, left) }
  }
  const price = pricerOf(problem)
  let steps = 'steps' in budget ? budget.steps : Infinity
  let late = false
  let look = (): void => {}
  async function goesOn(): Promise<boolean> {
    look()
    await ports.rest()
    if (steps-- <= 0) return false
    late = leftMs() <= 0
    return !late
  }
  const { warmStart } = options
  const warm = warmStart && breaches(problem, warmStart).length === 0 ? warmStart : null
  const found = beginSearch({ problem, price, highs: ports.highs, random: randomOf(seed), goesOn, patience }, warm)
  if ('noRoster' in found) return { status: 'no_roster', people: found.noRoster }
  look = teller(found, tell)
  await relax(found)
  if (!isProven(found)) await dive(found)
  await improve(found)
  look()
  const { best: { roster }, bound } = found
  const unfilled = unfilledOf(problem, roster)
  const proven = isProven(found)
  return { status: 'solved', roster, cost: costOf(problem, roster), bound, proven, late: late && !proven, unfilled }
}
