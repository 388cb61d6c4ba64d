import loadHighs from 'highs'
import { expect, it } from 'vitest'
import { randomOf } from '#solver/random.ts'
import { solve } from '#solver/solve.ts'
import { smallProblem } from '#solver/testing/small.ts'
import { withPages } from '../bench/page.ts'

interface BenchWindow { roster: { bySteps: (seed: number, steps: number) => Promise<number[][]> } }

/** Seeds whose problems have a roster. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const STEPS = 60

it('makes the same roster in Node and in Chromium from the same seed and steps', async () => {
  const highs = await loadHighs()
  const ports = { highs, now: () => performance.now(), rest: async () => {} }
  const here = await Promise.all(SEEDS.map(async (seed) => {
    const answer = await solve(smallProblem(randomOf(seed), 5), { seed, budget: { steps: STEPS } }, ports)
    return answer.status === 'solved' ? answer.roster.map(one => [...one]) : []
  }))
  const there = await withPages(1, async ([page]) => page!.evaluate(
    async ({ seeds, steps }) => {
      const { roster } = globalThis as unknown as BenchWindow
      const all: number[][][] = []
      for (const seed of seeds) all.push(await roster.bySteps(seed, steps))
      return all
    },
    { seeds: SEEDS, steps: STEPS },
  ))
  expect(there).toEqual(here)
  expect(here.filter(roster => roster.length > 0).length).toBeGreaterThan(3)
})
