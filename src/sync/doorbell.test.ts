import { beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../tests/fakes/world.ts'
import { Looks } from './doorbell.ts'

let clock: FakeClock
let seen: number[]
const begun = Date.parse('2026-11-23T02:00:00Z')
const phone = (random: number): Looks =>
  new Looks({ clock, random: () => random }, () => seen.push(clock.now() - begun))
beforeEach(() => {
  clock = new FakeClock(begun)
  seen = []
})

describe('a ring', () => {
  it('is looked at at once in a small community, and once more', () => {
    phone(0.5).ring(0)
    clock.pass(60_000)
    expect(seen).toEqual([0, 1500])
  })

  it('is looked at by 200 phones at 200 moments, and once more after the crowd may have rung again', () => {
    for (let i = 0; i < 200; i++) phone(i / 200).ring(2000)
    clock.pass(60_000)
    const first = seen.slice(0, 200)
    expect(new Set(first).size).toBe(200)
    expect(Math.max(...first)).toBeLessThan(2000)
    expect(Math.min(...seen.slice(200))).toBeGreaterThanOrEqual(3500)
    expect(seen).toHaveLength(400)
  })

  it('in a row of rings costs one look each, and one after the last', () => {
    const p = phone(0.5)
    for (let i = 0; i < 5; i++) {
      p.ring(2000)
      clock.pass(2300)
    }
    clock.pass(60_000)
    expect(seen).toHaveLength(6)
    expect(seen.at(-1)).toBe(4 * 2300 + 1500 + 3000)
  })

  it('does not put a look off that was due sooner', () => {
    const p = phone(0.5)
    p.ring(2000)
    clock.pass(900)
    p.ring(2000)
    clock.pass(100)
    expect(seen).toEqual([1000])
  })
})

it('joining looks at once, and after the longest silence a crowd may keep', () => {
  phone(0).joined()
  clock.pass(60_000)
  expect(seen).toEqual([0, 4500])
})

it('stopping forgets every look', () => {
  const p = phone(0.5)
  p.ring(2000)
  p.stop()
  clock.pass(60_000)
  expect(seen).toEqual([])
})
