import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveCases, notOverCases } from '../../tests/vectors/rules.ts'
import { asksAgain, clampSpan, covers, merge, minutes, notOver, overlaps, spanOf } from './span.ts'
import { HOUR, MINUTE, ms } from './time.ts'

const s = (a: number, b: number) => spanOf(a * HOUR, b * HOUR)

it.each(notOverCases)('not over: $name', ({ now, spans, left }) => {
  const all = spans.map(([starts_at, ends_at]) => ({ starts_at, ends_at }))
  expect(notOver(all, now)).toEqual(left.map(i => all[i]))
})

describe('half-open spans', () => {
  it.each([
    [s(8, 12), s(12, 16), false],
    [s(8, 12), s(11, 16), true],
    [s(8, 12), s(9, 10), true],
    [s(12, 16), s(8, 12), false],
    [s(8, 12), s(13, 16), false],
  ])('%# overlap', (a, b, over) => expect(overlaps(a, b)).toBe(over))

  it.each(moveCases)('a move: $name', ({ was, now, asks }) => {
    const [before, after] = [was, now].map(([starts_at, ends_at]) => ({ starts_at, ends_at }))
    expect(asksAgain(before!, after!)).toBe(asks)
  })

  it('covers its start and not its end', () => {
    expect(covers(s(8, 12), 8 * HOUR)).toBe(true)
    expect(covers(s(8, 12), 12 * HOUR)).toBe(false)
  })

  it('clamps to a window or to nothing', () => {
    expect(clampSpan(s(8, 12), s(10, 20))).toEqual(s(10, 12))
    expect(clampSpan(s(8, 12), s(12, 20))).toBeNull()
  })

  it('merges touching and overlapping spans and drops empty ones', () => {
    expect(merge([s(12, 16), s(8, 12), s(20, 22), s(21, 23), s(5, 5)])).toEqual([s(8, 16), s(20, 23)])
  })

  it('merge keeps exactly the covered minutes', () => {
    const arb = array(tuple(integer({ min: 0, max: 60 }), integer({ min: 0, max: 20 })), { maxLength: 12 })
    assert(property(arb, (raw) => {
      const spans = raw.map(([a, n]) => spanOf(a * MINUTE, (a + n) * MINUTE))
      const merged = merge(spans)
      for (let m = 0; m < 90; m++) {
        expect(merged.filter(x => covers(x, m * MINUTE)).length).toBe(spans.some(x => covers(x, m * MINUTE)) ? 1 : 0)
      }
      for (let i = 1; i < merged.length; i++)
        expect(ms(merged[i]!.starts_at)).toBeGreaterThan(ms(merged[i - 1]!.ends_at))
      expect(merged.every(x => minutes(x) > 0)).toBe(true)
    }))
  })
})
