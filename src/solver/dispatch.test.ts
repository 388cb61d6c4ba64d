import { describe, expect, it } from 'vitest'
import { dispatch, NOBODY } from './dispatch.ts'
import { randomOf } from './random.ts'

const EMPTY = 12

/** Costs of chance, a third of the pairs impossible. */
function costs(random: () => number, places: number, people: number): Float64Array {
  return Float64Array.from({ length: places * people }, () => random() < 0.33 ? Infinity : Math.floor(random() * 20))
}

/** The least cost, by trying everybody at each place. */
function least(cost: Float64Array, people: number, place = 0, used = new Set<number>()): number {
  if (place === cost.length / people) return 0
  let best = EMPTY + least(cost, people, place + 1, used)
  for (let person = 0; person < people; person++) {
    const here = cost[place * people + person]!
    if (used.has(person) || here === Infinity) continue
    best = Math.min(best, here + least(cost, people, place + 1, new Set([...used, person])))
  }
  return best
}

describe('dispatch', () => {
  it('costs as little as trying everybody at each place, and its prices prove it', () => {
    const random = randomOf(11)
    for (let n = 0; n < 300; n++) {
      const [places, people] = [1 + Math.floor(random() * 5), 1 + Math.floor(random() * 5)]
      const cost = costs(random, places, people)
      const { taken, cost: found, proof } = dispatch(cost, people, EMPTY)
      expect(found).toBe(least(cost, people))
      expect(proof).toBeCloseTo(found, 9)
      const seated = [...taken].filter(person => person !== NOBODY)
      expect(new Set(seated).size).toBe(seated.length)
    }
  })

  it('leaves a place empty rather than pay more for it, and does with nobody to ask', () => {
    expect(dispatch(Float64Array.from([EMPTY + 1]), 1, EMPTY)).toMatchObject({ cost: EMPTY })
    expect([...dispatch(new Float64Array(0), 0, EMPTY).taken]).toEqual([])
  })

  it('proves the least cost of a town', () => {
    const random = randomOf(5)
    const cost = costs(random, 200, 500)
    const { taken, cost: found, proof } = dispatch(cost, 500, EMPTY)
    expect(proof).toBeCloseTo(found, 6)
    expect([...taken].filter(person => person === NOBODY).length).toBeLessThan(20)
  })
})
