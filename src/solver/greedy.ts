import type { Pricer } from './pricing.ts'
import type { PersonRoster, Problem, Roster } from './problem.ts'
import { addTurns } from './search.ts'

/**
 * One person after another, in the given order, takes the cheapest of their rosters beside those before them: what is
 * needed as much as what they wish. Null = the rules leave somebody no roster.
 */
export function greedy(problem: Problem, price: Pricer, order: Iterable<number>): Roster | null {
  const { need, under, over, people } = problem
  const count = new Int32Array(need.length)
  const roster: PersonRoster[] = []
  for (const person of order) {
    const { wishes } = people[person]!
    const cost = wishes.map((wish, i) => wish + (count[i]! < need[i]! ? -under[i]! : over[i]!))
    const found = price.best(person, cost)
    if (!found) return null
    roster[person] = found.roster
    addTurns(problem, count, found.roster, 1)
  }
  return roster
}
