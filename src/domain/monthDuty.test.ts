import { expect, it } from 'vitest'
import { monthDuty, NO_DUTY } from './monthDuty.ts'
import { spanOf } from './span.ts'
import { atShanghai } from './time.ts'

const month = spanOf(atShanghai('2028-02-01'), atShanghai('2028-03-01'))
const turn = (day: string, from: string, hours: number) =>
  spanOf(atShanghai(day, from), atShanghai(day, from) + hours * 3_600_000)
const weekend = (day: string) => ['2028-02-05', '2028-02-06'].includes(day)

it('sums hours, nights, free days and the longest rest', () => {
  const turns = [turn('2028-02-05', '08:00', 6), turn('2028-02-05', '14:00', 6), turn('2028-02-28', '20:00', 6)]
  // from 5 February 20:00 to 28 February 20:00 are 23 days
  expect(monthDuty(turns, month, weekend)).toEqual({ hours: 18, nights: 1, free_days: 2, longest_rest: 23 * 24 })
})

it('counts the rest before the first turn and after the last, and no rest of nobody', () => {
  expect(monthDuty([turn('2028-02-02', '00:00', 6)], month, weekend).longest_rest).toBe(27 * 24 + 18)
  expect(monthDuty([turn('2028-02-29', '20:00', 6)], month, weekend).longest_rest).toBe(28 * 24 + 20)
  expect(monthDuty([], month, weekend)).toEqual(NO_DUTY)
})
