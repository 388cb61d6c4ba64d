import { describe, expect, it } from 'vitest'
import { causesOf } from './causes.ts'
import { conflictsOf } from './conflicts.ts'
import { breachesOf } from './judge.ts'
import { pricerOf } from './pricing.ts'
import { OFF } from './problem.ts'
import { randomOf } from './random.ts'
import { allRosters, smallProblem } from './testing/small.ts'

const problems = Array.from({ length: 40 }, (_, n) => smallProblem(randomOf(n), 3))

describe('an empty place', () => {
  it('names each person once, with a reason that is true', () => {
    const seen = new Set<string>()
    for (const problem of problems) {
      const roster = problem.people.map(() => new Int16Array(problem.days).fill(OFF))
      roster[0]![2] = 0
      for (const { day, duty, why } of causesOf(problem, roster)) {
        expect(why.flatMap(w => w.people).sort()).toEqual([0, 1, 2])
        for (const { why: reason, people } of why) {
          seen.add(reason)
          for (const person of people) {
            const changed = roster[person]!.slice()
            changed[day] = duty
            const rules = breachesOf(problem, person, changed).map(b => b.rule)
            if (reason === 'busy') expect(roster[person]![day]).not.toBe(OFF)
            else if (reason === 'free' || reason === 'dearer') expect(rules).toEqual([])
            else expect(rules).toContain(reason)
          }
        }
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['busy', 'away', 'minutes', 'free', 'rest']))
  })
})

describe('a person without a roster', () => {
  it('has a roster without any of the rules that are named, and none with all of them', () => {
    let named = 0
    for (const problem of problems) {
      const price = pricerOf(problem)
      const free = new Float64Array(problem.need.length)
      const nobody = [...problem.people.keys()].filter(person => price.best(person, free) === null)
      const conflicts = conflictsOf(problem, nobody)
      named += conflicts.length
      for (const { person, rule, day } of conflicts) {
        expect(nobody).toContain(person)
        // some roster breaks this rule and no other
        const only = allRosters(problem).some(roster =>
          breachesOf(problem, person, roster).every(b => b.rule === rule && (day === null || b.day === day)))
        expect(only, `${rule} ${day}`).toBe(true)
      }
      for (const person of nobody) expect(conflicts.filter(c => c.person === person).length).toBeLessThanOrEqual(5)
    }
    expect(named).toBeGreaterThan(10)
  })
})
