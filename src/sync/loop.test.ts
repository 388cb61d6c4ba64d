import { expect, it } from 'vitest'
import { pollDelay } from './loop.ts'

it('polls every 30 s ± 20 % in sight, seldom out of it', () => {
  expect([0, 0.5, 1].map(r => pollDelay(true, r))).toEqual([24_000, 30_000, 36_000])
  expect(pollDelay(false, 0.5)).toBe(300_000)
})

it('polls every 15 to 30 s in sight while no doorbell is heard', () => {
  expect([0, 1].map(r => pollDelay(true, r, true))).toEqual([15_000, 30_000])
  expect(pollDelay(false, 0.5, true)).toBe(300_000)
})
