import type { Problem, Roster } from './problem.ts'
import type { Answer, SolveEvent } from './solve.ts'
import loadHighs from 'highs'
import { beforeAll, describe, expect, it } from 'vitest'
import { greedy } from './greedy.ts'
import { breaches, breachesOf, costOf } from './judge.ts'
import { pricerOf } from './pricing.ts'
import { randomOf } from './random.ts'
import { solve } from './solve.ts'
import { allRosters, smallProblem } from './testing/small.ts'

let highs: Awaited<ReturnType<typeof loadHighs>>
beforeAll(async () => { highs = await loadHighs() })

/** Solves by steps, so that the answer does not depend on this machine. */
async function solved(problem: Problem, seed: number, tell: (event: SolveEvent) => void = () => {}): Promise<Answer> {
  const ports = { highs, now: () => performance.now(), rest: async () => {} }
  return solve(problem, { seed, budget: { steps: 300 } }, ports, tell)
}

/** The rosters that each person may have. */
function allowed(problem: Problem): Roster[] {
  const all = allRosters(problem)
  return problem.people.map((_, i) => all.filter(roster => breachesOf(problem, i, roster).length === 0))
}

/** The least that any allowed roster of two people costs; null = there is none. */
function least(problem: Problem): number | null {
  const [first, second] = allowed(problem)
  const costs = first!.flatMap(a => second!.map(b => costOf(problem, [a, b]).total))
  return costs.length === 0 ? null : costs.reduce((a, b) => Math.min(a, b))
}

/** A problem of people who each have a roster. */
function possible(people: number): Problem {
  const problem = smallProblem(randomOf(99), 4 * people)
  const price = pricerOf(problem)
  const free = new Float64Array(problem.need.length)
  return { ...problem, people: problem.people.filter((_, i) => price.best(i, free)).slice(0, people) }
}

const some = Array.from({ length: 14 }, (_, n) => ({ n, problem: smallProblem(randomOf(n), 2) }))

describe('a search', () => {
  it.each(some)('finds and proves the cheapest roster, as trying all of them does ($n)', async ({ n, problem }) => {
    const events: SolveEvent[] = []
    const right = least(problem)
    const answer = await solved(problem, n, event => events.push(event))
    if (answer.status === 'no_roster') {
      const nobody = allowed(problem).flatMap((rosters, person) => rosters.length === 0 ? [person] : [])
      return expect([right, answer.people]).toEqual([null, nobody])
    }
    expect(answer).toMatchObject({ cost: { total: right }, proven: true })
    expect(answer.bound).toBeGreaterThan(right! - 1)
    expect(answer.bound).toBeLessThanOrEqual(right! + 1e-3)
    expect(costOf(problem, answer.roster)).toEqual(answer.cost)
    expect(breaches(problem, answer.roster)).toEqual([])
    const costs = events.flatMap(event => event.kind === 'best' ? [event.cost.total] : [])
    expect(costs).toEqual([...new Set(costs)].sort((a, b) => b - a))
    expect(costs.at(-1)).toBe(right)
  })

  it('had problems with and without a roster to look at', () => {
    const with_ = some.filter(({ problem }) => least(problem) !== null).length
    expect(with_).toBeGreaterThan(5)
    expect(with_).toBeLessThan(some.length)
  })

  it('makes the same roster from the same seed and steps', async () => {
    const problem = possible(6)
    const [first, again] = [await solved(problem, 5), await solved(problem, 5)]
    expect(again).toEqual(first)
  })

  it('makes it on a slow machine too, and says when the time ended it before', async () => {
    const problem = possible(8)
    const at = async (slow: number, ms: number): Promise<Answer> => {
      let now = 0
      const ports = { highs, now: () => now, rest: async () => { now += slow } }
      return solve(problem, { seed: 5, budget: { steps: 30, ms } }, ports)
    }
    const [fast, slow, late] = [await at(1, 1e6), await at(100, 1e6), await at(100, 200)]
    expect(slow).toEqual(fast)
    expect([fast, late]).toMatchObject([{ late: false }, { late: true, proven: false }])
  })

  it('begins with a roster that is given, and leaves one aside that breaks a rule', async () => {
    const problem = possible(6)
    const ports = { highs, now: () => 0, rest: async () => {} }
    const first = await solved(problem, 5)
    if (first.status !== 'solved') throw new Error('no roster')
    const at = async (warmStart: Roster): Promise<number> => {
      const told: number[] = []
      await solve(problem, { seed: 1, budget: { steps: 3 }, warmStart }, ports, (event) => {
        if (event.kind === 'best') told.push(event.cost.total)
      })
      return told[0]!
    }
    expect(await at(first.roster)).toBe(first.cost.total)
    const wrong = problem.people.map(() => new Int16Array(problem.days).fill(1))
    expect(breaches(problem, wrong).length).toBeGreaterThan(0)
    expect(await at(wrong)).toBeLessThan(costOf(problem, wrong).total)
  })

  it('ends at its time, with a roster that keeps every rule', async () => {
    let now = 0
    const ports = { highs, now: () => now, rest: async () => { now += 10 } }
    const problem = possible(8)
    const answer = await solve(problem, { seed: 1, budget: { ms: 20 } }, ports)
    if (answer.status !== 'solved') throw new Error('no roster')
    expect(breaches(problem, answer.roster)).toEqual([])
    expect(now).toBeLessThan(100)
  })
})

it('greedy keeps every rule, and costs at least as much as the cheapest', () => {
  for (const { problem } of some) {
    const roster = greedy(problem, pricerOf(problem), problem.people.keys())
    const right = least(problem)
    if (!roster) expect(right).toBeNull()
    else expect([breaches(problem, roster), costOf(problem, roster).total >= right!]).toEqual([[], true])
  }
})
