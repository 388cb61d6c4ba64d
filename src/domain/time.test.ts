import { describe, expect, it } from 'vitest'
import {
  atShanghai,
  dayKey,
  daysBetween,
  heldSince,
  hhmm,
  iso,
  lapse,
  ms,
  shanghai,
  startOfDay,
  startOfWeek,
  yyyymm,
} from './time.ts'

describe('asia/Shanghai calendar', () => {
  it.each([
    ['2026-11-23T06:32:00Z', '14:32', '2026-11-23', 1],
    ['2026-11-23T15:59:59Z', '23:59', '2026-11-23', 1],
    ['2026-11-23T16:00:00Z', '00:00', '2026-11-24', 2],
    ['2026-12-31T16:00:00+00:00', '00:00', '2027-01-01', 5],
    ['2026-11-29T03:00:00Z', '11:00', '2026-11-29', 7],
  ])('%s reads %s on %s', (at, clock, day, weekday) => {
    expect(hhmm(at)).toBe(clock)
    expect(dayKey(at)).toBe(day)
    expect(shanghai(at).weekday).toBe(weekday)
  })

  it('names the month of a scope by the local day', () => {
    expect(yyyymm('2026-11-30T15:59:00Z')).toBe('202611')
    expect(yyyymm('2026-11-30T16:00:00Z')).toBe('202612')
  })

  it('starts days at local midnight and weeks on Monday', () => {
    expect(iso(startOfDay('2026-11-23T06:32:00Z'))).toBe('2026-11-22T16:00:00.000Z')
    expect(iso(startOfWeek('2026-11-29T10:00:00Z'))).toBe('2026-11-22T16:00:00.000Z')
    expect(iso(startOfWeek('2026-11-22T16:00:00Z'))).toBe('2026-11-22T16:00:00.000Z')
    expect(iso(startOfWeek('2026-11-22T15:59:59Z'))).toBe('2026-11-15T16:00:00.000Z')
  })

  it('makes instants from wall-clock words', () => {
    expect(iso(atShanghai('2026-11-23', '17:00'))).toBe('2026-11-23T09:00:00.000Z')
    expect(atShanghai('2026-11-23', '24:00')).toBe(atShanghai('2026-11-24'))
    expect(daysBetween(atShanghai('2026-11-23', '23:00'), atShanghai('2026-11-24', '02:00'))).toBe(1)
  })

  it('refuses text that is no time', () => {
    expect(() => ms('soon')).toThrow(RangeError)
  })
})

describe('lapse', () => {
  it.each([
    ['2026-11-23T09:00:00Z', '2026-11-23T06:32:00Z', { days: 0, hours: 2, minutes: 28, past: false }],
    ['2026-11-23T09:00:00Z', '2026-11-23T08:59:59Z', { days: 0, hours: 0, minutes: 1, past: false }],
    ['2026-11-23T09:00:00Z', '2026-11-23T09:27:59Z', { days: 0, hours: 0, minutes: 27, past: true }],
    ['2026-11-25T10:00:00Z', '2026-11-23T09:00:00Z', { days: 2, hours: 1, minutes: 0, past: false }],
  ])('to %s at %s', (at, now, expected) => expect(lapse(at, now)).toEqual(expected))
})

it.each([
  ['2026-11-29T20:00:00+08:00', '2026-10-01'],
  ['2026-01-01T00:00:00+08:00', '2025-12-01'],
  ['2026-02-28T23:59:59+08:00', '2026-01-01'],
])('at %s a phone holds duty since %s', (now, first) => {
  expect(heldSince(Date.parse(now))).toBe(first)
})
