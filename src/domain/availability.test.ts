import type { Hours } from './availability.ts'
import { describe, expect, it } from 'vitest'
import { availability } from '../../tests/vectors/rules.ts'
import { inZone, ZONES } from '../../tests/zones.ts'
import { isOffHours, isReady, nightEnd, offHoursWithin, offParts } from './availability.ts'
import { holidayTable, NO_HOLIDAYS } from './restDays.ts'
import { spanOf } from './span.ts'
import { atShanghai, HOUR, iso, ms } from './time.ts'

const said = (more: Partial<Hours>): Hours => ({ fits: null, ready_until: null, table: NO_HOLIDAYS, ...more })

describe('the hours in which somebody can serve', () => {
  it.each(availability.hours)('$name', ({ fits, ready, days, span: [starts_at, ends_at], now = starts_at, off }) => {
    const table = holidayTable(Object.entries(days).map(([day, kind]) => ({ day, kind, name: '' })))
    const [hours, span] = [said({ fits, ready_until: ready, table }), { starts_at, ends_at }]
    expect(isOffHours(hours, span, now)).toBe(off)
    const window = spanOf(ms(starts_at) - 5 * 24 * HOUR, ms(ends_at) + 5 * 24 * HOUR)
    expect(offHoursWithin(hours, window, now)(span)).toBe(off)
  })

  it('are all hours for those who said nothing', () => {
    const span = spanOf(atShanghai('2026-12-03'), atShanghai('2026-12-10'))
    const none = [isOffHours(undefined, span, 0), offParts(undefined, span), isReady(undefined, 0)]
    expect(none).toEqual([false, [], false])
  })

  it('leave out the parts of a week that do not suit, in order', () => {
    const noon = atShanghai('2026-12-03', '12:00')
    expect(offParts(said({ fits: ['thu.day', 'fri.evening'] }), spanOf(noon, noon + 24 * HOUR))).toEqual([
      spanOf(noon + 6 * HOUR, noon + 10 * HOUR),
      spanOf(noon + 10 * HOUR, noon + 20 * HOUR),
      spanOf(noon + 20 * HOUR, noon + 30 * HOUR),
    ])
  })

  it.each(ZONES)('are those of Shanghai in %s', async (zone) => {
    const answer = await inZone(zone, `
      import { isOffHours, nightEnd } from './src/domain/availability.ts'
      const hours = { fits: ['thu.night'], ready_until: null, table: { holidays: {}, workdays: {} } }
      const night = { starts_at: '2026-12-03T14:00:00Z', ends_at: '2026-12-04T00:00:00Z' }
      export const answer = [isOffHours(hours, night, night.starts_at), nightEnd('2026-12-03T14:00:00Z')]`)
    expect(answer).toEqual([false, ms('2026-12-03T22:00:00Z')])
  })
})

describe('what is said of today', () => {
  it.each(availability.nightEnd)('$name', ({ at, until }) => {
    expect(iso(nightEnd(at))).toBe(iso(until))
  })

  it('reaches every moment before its end', () => {
    const hours = said({ ready_until: '2026-12-03T22:00:00+00:00' })
    expect(['2026-12-03T21:59:59Z', '2026-12-03T22:00:00Z'].map(at => isReady(hours, at))).toEqual([true, false])
  })
})
