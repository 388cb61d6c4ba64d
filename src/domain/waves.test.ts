import type { OfferLead } from './rows.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../tests/vectors/waves.json' with { type: 'json' }

import { chance, CONFIDENCE, recordsOf, tierRate, waveOf } from './waves.ts'

/** Bin(n, p) by counting every outcome: slow, and hard to get wrong. */
function counted(n: number, p: number, k: number): number {
  let dist = [1]
  for (let i = 0; i < n; i++) dist = [...dist, 0].map((x, j) => x * (1 - p) + (dist[j - 1] ?? 0) * p)
  return dist.slice(Math.max(0, k)).reduce((a, b) => a + b, 0)
}
const rate = fc.double({ min: 0.05, max: 0.95, noNaN: true })

describe('chance', () => {
  it('is the upper tail of the binomial', () => {
    fc.assert(fc.property(fc.nat(60), rate, fc.integer({ min: -2, max: 62 }), (n, p, k) => {
      expect(chance(n, p, k)).toBeCloseTo(counted(n, p, k), 9)
    }))
  })
  it('holds for thousands, where a naive product overflows', () => {
    expect(chance(5000, 0.95, 4700)).toBeGreaterThan(0.999)
    expect(chance(5000, 0.05, 4700)).toBe(0)
    expect(chance(4000, 0.5, 2000)).toBeCloseTo(0.506, 2)
  })
})

describe('a wave', () => {
  it('is the smallest that is likely enough, or everybody', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.double({ min: 0, max: 20, noNaN: true }),
        rate,
        fc.nat(50),
        fc.nat(200),
        (need, expected, p, pending, left) => {
          const w = waveOf({ need, expected, rate: p, pending, left })
          expect(w.ask).toBeLessThanOrEqual(left)
          if (w.chance < CONFIDENCE) expect(w.ask).toBe(left)
          else if (w.ask > 0) expect(chance(pending + w.ask - 1, p, w.needed)).toBeLessThan(CONFIDENCE)
        },
      ),
    )
  })
  it('asks nobody once the pending are likely enough, and one more when one of them declines at the edge', () => {
    const first = waveOf({ need: 3, expected: 0, rate: 0.3, pending: 0, left: 100 })
    expect(first.ask).toBe(16)
    expect(waveOf({ need: 3, expected: 0, rate: 0.3, pending: 16, left: 84 }).ask).toBe(0)
    expect(waveOf({ need: 3, expected: 0, rate: 0.3, pending: 15, left: 84 }).ask).toBe(1)
    expect(waveOf({ need: 2, expected: 0, rate: 0.3, pending: 15, left: 84 }).ask).toBe(0)
  })
  // anchors of the field: how many to alert for a 90 % chance of k yeses
  it.each([[0.17, [13, 22, 30, 53]], [0.3, [7, 12, 16, 29]], [0.47, [4, 7, 10, 18]], [0.7, [2, 4, 6, 11]]] as const)(
    'at rate %d needs %j people for 1, 2, 3 and 6 places',
    (p, sizes) => {
      expect([1, 2, 3, 6].map(need => waveOf({ need, expected: 0, rate: p, pending: 0, left: 1000 }).ask)).toEqual(
        sizes,
      )
    },
  )
})

describe('the record of a tier', () => {
  it('begins at 0.30 and is bounded', () => {
    expect(tierRate({ asked: 0, accepted: 0 })).toBeCloseTo(0.3)
    expect(tierRate({ asked: 1000, accepted: 0 })).toBe(0.05)
    expect(tierRate({ asked: 1000, accepted: 1000 })).toBe(0.95)
  })
})

it.each(vectors)('vector $name', ({ input, wave }) => {
  const got = waveOf(input)
  expect({ needed: got.needed, ask: got.ask }).toEqual({ needed: wave.needed, ask: wave.ask })
  expect(got.chance).toBeCloseTo(wave.chance, 9)
})

const now = Date.parse('2026-11-27T08:00:00Z')
const offer = (tier: number, state: OfferLead['state'], expires: string, answered: string | null = null) => ({
  tier,
  state,
  expires_at: `2026-11-27T${expires}:00Z`,
  answered_at: answered && `2026-11-27T${answered}:00Z`,
})

it('counts requests whose time is over, and the yeses that came in time', () => {
  const records = recordsOf([
    offer(1, 'accepted', '07:06', '07:05'),
    offer(1, 'accepted', '07:06', '07:30'),
    offer(1, 'withdrawn', '07:06'),
    offer(1, 'accepted', '08:06', '08:00'),
    offer(3, 'declined', '07:06', '07:01'),
    offer(9, 'declined', '07:06', '07:01'),
  ], now)
  expect(records.building).toEqual({ asked: 3, accepted: 1 })
  expect(records.community).toEqual({ asked: 1, accepted: 0 })
  expect(records.street).toEqual({ asked: 0, accepted: 0 })
})
