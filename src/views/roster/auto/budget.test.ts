import type { Problem } from '#solver/problem.ts'
import { expect, it } from 'vitest'
import { randomOf } from '#solver/random.ts'
import { smallProblem } from '#solver/testing/small.ts'
import { budgetOf } from './budget.ts'

const ofPeople = (people: number): Problem => smallProblem(randomOf(1), people)
const stepsOf = (people: number, share = 1): number => (budgetOf(ofPeople(people), share) as { steps: number }).steps

it('counts steps by the problem alone: fewer where each is long, never so few that none is left to begin', () => {
  expect(stepsOf(10)).toBe(stepsOf(10))
  expect([stepsOf(10) > stepsOf(500), stepsOf(500) > stepsOf(5000), stepsOf(5000) > 100]).toEqual([true, true, true])
  expect(stepsOf(10, 0.2)).toBeLessThan(stepsOf(10))
  expect(stepsOf(10, 0)).toBe(100)
})

it('has a time as well, which ends what would never end', () => {
  const [whole, part] = [budgetOf(ofPeople(10), 1), budgetOf(ofPeople(10), 0.01)]
  expect([whole.ms! > part.ms!, part.ms! > 0]).toEqual([true, true])
})
