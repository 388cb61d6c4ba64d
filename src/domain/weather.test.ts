import type { Weather } from './weather.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minutes, overlaps, spanOf } from './span.ts'
import { atShanghai, DAY, hhmm, HOUR, ms } from './time.ts'
import { underWeather, WEATHERS } from './weather.ts'

const said = (from: string, hours: number, weather: Weather): string => {
  const start = atShanghai('2026-07-24', from)
  return underWeather(spanOf(start, start + hours * HOUR), weather)
    .map(s => `${hhmm(s.starts_at)}–${hhmm(s.ends_at)}`)
    .join(' ')
}

describe('duty out of doors', () => {
  it.each<[Weather, string, number, string]>([
    ['cold', '08:00', 3, '08:00–11:00'],
    ['cold', '08:00', 6, '08:00–11:00 11:00–14:00'],
    ['cold', '22:00', 8, '22:00–00:30 00:30–03:30 03:30–06:00'],
    ['hot', '08:00', 4, '08:00–10:00 10:00–12:00'],
    ['hot', '20:00', 6, '20:00–02:00'],
    ['hot', '02:00', 6, '02:00–08:00'],
    ['hot', '18:00', 6, '18:00–21:00 21:00–00:00'],
    ['hotter', '08:00', 6, '08:00–10:00 10:00–12:00'],
    ['hotter', '14:00', 6, '15:00–17:30 17:30–20:00'],
    ['hotter', '08:00', 12, '08:00–10:00 10:00–12:00 15:00–17:30 17:30–20:00'],
    ['hotter', '12:00', 3, ''],
    ['hotter', '11:30', 4, ''],
    ['hottest', '08:00', 12, ''],
    ['hottest', '14:00', 10, '20:00–00:00'],
    ['hottest', '20:00', 12, '20:00–08:00'],
    ['hottest', '00:00', 24, '00:00–08:00 20:00–00:00'],
  ])('%s: from %s, %i hours → %s', (weather, from, hours, parts) => {
    expect(said(from, hours, weather)).toBe(parts)
  })

  it('never stands outside at a forbidden hour, never longer than three hours, and invents no time', () => {
    const start = atShanghai('2026-07-24')
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 }), fc.constantFrom(...WEATHERS),
      (from, halves, weather) => {
        const span = spanOf(start + from * HOUR / 2, start + (from + halves) * HOUR / 2)
        const parts = underWeather(span, weather)
        const hours = (a: number, b: number) =>
          [0, 1, 2].map(d => start + d * DAY).map(day => spanOf(day + a * HOUR, day + b * HOUR))
        const never = { cold: [], hot: [], hotter: hours(12, 15), hottest: hours(8, 20) }[weather]
        expect(parts.filter(p => never.some(n => overlaps(n, p)))).toEqual([])
        expect(parts.every(p => ms(p.starts_at) >= ms(span.starts_at) && ms(p.ends_at) <= ms(span.ends_at))).toBe(true)
        expect(parts.every((p, i) => i === 0 || ms(parts[i - 1]!.ends_at) <= ms(p.starts_at))).toBe(true)
        if (weather === 'cold') expect(parts.every(p => minutes(p) <= 180)).toBe(true)
        const whole = weather === 'cold' || weather === 'hot'
        if (whole) expect(parts.reduce((n, p) => n + minutes(p), 0)).toBe(minutes(span))
      },
    ))
  })
})
