import { describe, expect, it } from 'vitest'
import { zhTime } from '#i18n/timeWords.ts'
import { isDeepNight, isNight, leastPeople, PATTERNS, slots, usualHours } from './pattern.ts'
import { spanOf } from './span.ts'
import { atShanghai, hhmm } from './time.ts'
import { spanText } from './timeText.ts'

const at = (clock: string, day = '2026-11-23') => atShanghai(day, clock)

describe('patterns', () => {
  it.each([['8x3', 8], ['6x4', 6], ['4x6', 4], ['3x8', 3], ['2x12', 2]] as const)(
    '%s cuts a day into %i gapless slots',
    (pattern, count) => {
      const day = slots(pattern, at('17:00'))
      expect(day).toHaveLength(count)
      day.slice(1).forEach((slot, i) => expect(slot.starts_at).toBe(day[i]!.ends_at))
      expect(hhmm(day[0]!.starts_at)).toBe('17:00')
      expect(hhmm(day.at(-1)!.ends_at)).toBe('17:00')
    },
  )

  it('flags the night as in 17:00 by 8×3', () => {
    expect(slots('8x3', at('17:00')).map(s => s.night)).toEqual([false, true, true, true, true, false, false, false])
  })

  it.each([
    ['08:00', undefined, '08:00–12:00 12:00–16:00 16:00–20:00'],
    ['08:00', 3, '08:00–11:00 11:00–14:00 14:00–17:00 17:00–20:00'],
    ['08:00', 6, '08:00–14:00 14:00–20:00'],
    ['08:00', 8, '08:00–14:00 14:00–20:00'],
    ['08:00', 12, '08:00–20:00'],
    ['06:00', 6, '08:00–14:00 14:00–20:00'],
    ['17:00', undefined, '17:00–20:00 08:00–12:30 12:30–17:00'],
    ['20:00', 6, '08:00–14:00 14:00–20:00'],
  ])('cuts the day alone, from 8:00 to 20:00: from %s by %s hours', (start, hours, spans) => {
    const day = slots('day', at(start), 1, hours)
    expect(day.map(s => spanText(s, zhTime)).join(' ')).toBe(spans)
    expect(day.every(s => !s.night)).toBe(true)
  })

  it('takes the length that most duty by day has', () => {
    const duty = (from: string, to: string) => spanOf(at(from), at(to))
    expect(usualHours([])).toBeUndefined()
    expect(usualHours([duty('20:00', '26:00')])).toBeUndefined()
    expect(usualHours([duty('08:00', '14:00'), duty('14:00', '20:00'), duty('09:00', '12:00')])).toBe(6)
  })

  it('runs over several days', () => {
    for (const p of PATTERNS) expect(slots(p, at('08:00'), 7).length).toBe(slots(p, at('08:00')).length * 7)
    const end = (p: typeof PATTERNS[number]): string => hhmm(slots(p, at('08:00'), 7).at(-1)!.ends_at)
    for (const p of PATTERNS) expect(end(p)).toBe(p === 'day' ? '20:00' : '08:00')
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

  it('asks for two people from 23:00 to 06:00, or as many as the post says', () => {
    const [night, day] = [spanOf(at('22:00'), at('06:00') + 24 * 3_600_000), spanOf(at('08:00'), at('14:00'))]
    expect([leastPeople(night), leastPeople(night, 0), leastPeople(night, 3)]).toEqual([2, 2, 3])
    expect([leastPeople(day), leastPeople(day, 3)]).toEqual([0, 0])
  })
})
