import type { PersonRoster, Problem } from './problem.ts'
import { expect, it } from 'vitest'
import { breachesOf, costOf } from './judge.ts'
import { pricerOf } from './pricing.ts'
import { OFF } from './problem.ts'
import { randomOf } from './random.ts'
import { allRosters, smallProblem } from './testing/small.ts'

/** What a roster of the only person costs under prices, with its load and counted turns. */
function valueOf(problem: Problem, roster: PersonRoster, prices: Float64Array): number {
  const turns = [...roster.entries()].filter(([, duty]) => duty !== OFF)
  const places = turns.reduce((sum, [day, duty]) => sum + prices[day * problem.duties.length + duty]!, 0)
  return places + costOf(problem, [roster]).load
}

it('finds the cheapest roster that breaks no rule, and every one within a limit, as trying all of them does', () => {
  const random = randomOf(7)
  let impossible = 0
  for (let n = 0; n < 200; n++) {
    const problem = smallProblem(random, 1)
    const price = pricerOf(problem)
    const prices = Float64Array.from(problem.need, () => Math.floor(random() * 21) - 10)
    const fits = allRosters(problem).filter(roster => breachesOf(problem, 0, roster).length === 0)
    const values = fits.map(roster => valueOf(problem, roster, prices))
    const found = price.best(0, prices)
    if (!found) {
      expect(fits).toEqual([])
      impossible++
      continue
    }
    expect(breachesOf(problem, 0, found.roster)).toEqual([])
    expect(found.value).toBe(Math.min(...values))
    expect(valueOf(problem, found.roster, prices)).toBe(found.value)
    const limit = found.value + 5
    const near = fits.filter((_, i) => values[i]! <= limit).map(roster => roster.join()).sort()
    expect(price.within(0, prices, limit, near.length)!.map(roster => roster.join()).sort()).toEqual(near)
    expect(price.within(0, prices, limit, near.length - 1)).toBeNull()
  }
  expect(impossible).toBeLessThan(120)
})
