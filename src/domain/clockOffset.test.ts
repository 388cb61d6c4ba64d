import { describe, expect, it } from 'vitest'
import { ageOf, clockError, corrected, measure, tappedAt } from './clockOffset.ts'
import { HOUR, iso, MINUTE, ms } from './time.ts'

const SERVER = ms('2026-11-28T12:00:00Z')
const off = (error: number, at = SERVER + error): { ms: number, at: number } => ({ ms: -error, at })

describe('a phone that is wrong by', () => {
  it.each([0, HOUR, -HOUR, 26 * HOUR, -26 * HOUR])('%i ms shows the time of the server', (error) => {
    const found = measure(SERVER, SERVER + error - 200, SERVER + error + 200)
    expect(found).toEqual({ ms: error === 0 ? 0 : -error, at: SERVER + error + 200 })
    expect(corrected(SERVER + error + 5 * MINUTE, found)).toBe(SERVER + 5 * MINUTE)
  })
})

describe('a measurement', () => {
  it('says nothing when the answer took long, or the clock was set back while it was under way', () => {
    expect(measure(SERVER, SERVER, SERVER + 10_001)).toBeNull()
    expect(measure(SERVER, SERVER, SERVER - 1)).toBeNull()
  })

  it('is worthless once the clock was set back behind it: then the phone\'s own time counts', () => {
    const before = SERVER + HOUR - 1
    expect(ageOf(off(HOUR), before)).toBeNull()
    expect(corrected(before, off(HOUR))).toBe(before)
    expect(clockError(off(HOUR), before)).toBe('unknown')
    expect(corrected(before, null)).toBe(before)
  })

  it.each([
    [0, 'right'],
    [2 * MINUTE, 'right'],
    [-2 * MINUTE, 'right'],
    [2 * MINUTE + 1, { ahead: 2 * MINUTE + 1 }],
    [-26 * HOUR, { ahead: -26 * HOUR }],
  ])('of %i ms ahead is %j', (error, said) => {
    expect(clockError(off(error), SERVER + error)).toEqual(said)
  })

  it('tells when a queued intent was tapped, and leaves the phone\'s time where there was none', () => {
    const device_at = iso(SERVER + 26 * HOUR)
    expect(tappedAt({ device_at, offset_ms: -26 * HOUR })).toBe(iso(SERVER))
    expect(tappedAt({ device_at, offset_ms: null })).toBe(device_at)
  })
})
