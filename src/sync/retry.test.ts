import { expect, it } from 'vitest'
import { backoff, pollDelay } from './retry.ts'

it('waits below 1 s, 2 s, 4 s … 60 s, anywhere in between, for ever', () => {
  expect([1, 2, 3, 6, 7, 1000].map(n => backoff(n, 1))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000])
  expect(backoff(9, 0)).toBe(250)
  expect(backoff(2, 0.5)).toBe(1125)
})

it('polls every 30 s ± 20 % in sight, seldom out of it', () => {
  expect([0, 0.5, 1].map(r => pollDelay(true, r))).toEqual([24_000, 30_000, 36_000])
  expect(pollDelay(false, 0.5)).toBe(300_000)
})
