import { describe, expect, it } from 'vitest'
import { backoff, backoffAfter } from './backoff.ts'

describe('the wait before another try', () => {
  it('waits below 1 s, 2 s, 4 s … 60 s, anywhere in between, for ever', () => {
    expect([1, 2, 3, 6, 7, 1000].map(n => backoff(n, 1))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000])
    expect(backoff(9, 0)).toBe(250)
    expect(backoff(2, 0.5)).toBe(1125)
  })

  it('is never shorter than the server asked, and differs from phone to phone', () => {
    expect([0, 0.5, 1].map(r => backoffAfter(1, 20, r))).toEqual([20_000, 30_000, 40_000])
    expect(backoffAfter(1, null, 0.5)).toBe(backoff(1, 0.5))
    expect(backoffAfter(1, 86_400, 0)).toBe(600_000)
  })
})
