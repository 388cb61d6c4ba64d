import { expect, it } from 'vitest'
import { daysLeft, daysUsed } from './reportDays.ts'
import { DAY, HOUR, MINUTE, ms } from './time.ts'

// a Friday afternoon: weekends count like any day
const at = ms('2026-12-04T07:00:00Z')

it.each([
  [0, { late: false, days: 3 }],
  [MINUTE, { late: false, days: 3 }],
  [DAY, { late: false, days: 2 }],
  [2 * DAY + HOUR, { late: false, days: 1 }],
  [3 * DAY - MINUTE, { late: false, days: 1 }],
  [3 * DAY, { late: true, days: 0 }],
  [3 * DAY + HOUR, { late: true, days: 0 }],
  [5 * DAY, { late: true, days: 2 }],
])('after %d ms: %o', (passed, left) => {
  expect(daysLeft(at, at + passed)).toEqual(left)
})

it('says how much of the three days is gone', () => {
  expect([0, 36 * HOUR, 3 * DAY, 6 * DAY, -HOUR].map(passed => daysUsed(at, at + passed))).toEqual([0, 0.5, 1, 2, 0])
})
