import type { Pricer } from './pricing.ts'
import type { PersonRoster, Problem, Roster } from './problem.ts'
import { addTurns, cheapestBeside } from './search.ts'

/**
 * One person after another, in the given order, takes the cheapest of their rosters beside those before them: what is
 * needed as much as what they wish. Null = the rules leave somebody no roster.
 */
export function greedy(problem: Problem, price: Pricer, order: Iterable<number>): Roster | null {
  const count = new Int32Array(problem.need.length)
  const roster: PersonRoster[] = []
  for (const person of order) {
    const found = cheapestBeside({ problem, price }, person, count)
    if (!found) return null
    roster[person] = found
    addTurns(problem, count, found, 1)
  }
  return roster
}
