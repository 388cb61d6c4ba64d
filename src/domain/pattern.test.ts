import { describe, expect, it } from 'vitest'
import { isDeepNight, isNight, patternHours, PATTERNS, slots } from './pattern.ts'
import { spanOf, touches } from './span.ts'
import { atShanghai, hhmm } from './time.ts'

const at = (clock: string, day = '2026-11-23') => atShanghai(day, clock)

describe('patterns', () => {
  it.each([['8x3', 8], ['6x4', 6], ['4x6', 4], ['3x8', 3], ['2x12', 2]] as const)(
    '%s cuts a day into %i gapless slots',
    (pattern, count) => {
      const day = slots(pattern, at('17:00'))
      expect(day).toHaveLength(count)
      expect(count * patternHours(pattern)).toBe(24)
      day.slice(1).forEach((slot, i) => expect(touches(day[i]!, slot)).toBe(true))
      expect(hhmm(day[0]!.starts_at)).toBe('17:00')
      expect(hhmm(day.at(-1)!.ends_at)).toBe('17:00')
    },
  )

  it('flags the night as in 17:00 by 8×3', () => {
    expect(slots('8x3', at('17:00')).map(s => s.night)).toEqual([false, true, true, true, true, false, false, false])
  })

  it('leaves the night out of a day-only pattern', () => {
    expect(slots('day', at('17:00')).map(s => hhmm(s.starts_at))).toEqual(['17:00', '08:00', '11:00', '14:00'])
    expect(slots('day', at('08:00')).map(s => hhmm(s.starts_at))).toEqual(['08:00', '11:00', '14:00', '17:00'])
  })

  it('runs over several days', () => {
    for (const p of PATTERNS) expect(slots(p, at('08:00'), 7).length).toBe(slots(p, at('08:00')).length * 7)
    expect(slots('8x3', at('08:00'), 0)).toEqual([])
  })

  it.each([
    ['06:00', '22:00', false, false],
    ['19:00', '22:01', true, false],
    ['22:00', '23:00', true, false],
    ['22:00', '23:30', true, true],
    ['05:59', '08:00', true, true],
    ['06:00', '08:00', false, false],
  ])('%s–%s night %s', (a, b, night, deep) => {
    expect(isNight(spanOf(at(a), at(b)))).toBe(night)
    expect(isDeepNight(spanOf(at(a), at(b)))).toBe(deep)
  })
})
