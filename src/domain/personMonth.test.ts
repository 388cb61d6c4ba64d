import type { Calendar } from './restDays.ts'
import type { Span } from './span.ts'
import { expect, it } from 'vitest'
import { personMonth } from './personMonth.ts'
import { spanOf } from './span.ts'
import { atShanghai, DAY, HOUR } from './time.ts'

const month = spanOf(atShanghai('2028-02-01'), atShanghai('2028-03-01'))
const turn = (day: string, from: string, hours: number): Span =>
  spanOf(atShanghai(day, from), atShanghai(day, from) + hours * HOUR)
const calendar: Calendar = { rest: day => day === '2028-02-05', holiday: day => day === '2028-02-10' }
const shift = turn('2028-02-12', '08:00', 6)

it('counts nights, weekends and holidays apart, and only what begins in the month', () => {
  const turns = [
    turn('2028-01-31', '20:00', 6), turn('2028-02-05', '08:00', 6), turn('2028-02-10', '22:00', 8),
    turn('2028-03-01', '08:00', 6),
  ]
  const found = personMonth(turns, month, shift, calendar, [])
  expect(found).toMatchObject({ hours: 14, nights: 1, weekends: 1, holidays: 1 })
  expect(found.days).toHaveLength(29)
  expect(found.days.filter(d => d.duty).map(d => [d.day, d.duty, d.free])).toEqual([
    ['2028-02-05', 'day', 'weekend'], ['2028-02-10', 'night', 'holiday'],
  ])
})

it('names the turn before the shift and the one after it, with the rest between, beyond the month too', () => {
  const [last, next] = [turn('2028-01-20', '08:00', 6), turn('2028-02-12', '20:30', 4)]
  const found = personMonth([next, last], month, shift, calendar, [])
  expect(found.before).toEqual({ turn: last, rest: 22 * 24 + 18 })
  expect(found.after).toEqual({ turn: next, rest: 6 })
  expect(personMonth([turn('2028-02-12', '10:00', 1)], month, shift, calendar, [])).toMatchObject({
    before: null, after: null,
  })
})

it('marks days away and the day of the shift', () => {
  const away = spanOf(atShanghai('2028-02-28'), atShanghai('2028-02-29') + DAY)
  const { days, longest_rest } = personMonth([], month, shift, calendar, [away])
  expect(days.filter(d => d.away).map(d => d.day)).toEqual(['2028-02-28', '2028-02-29'])
  expect([days.filter(d => d.asked).map(d => d.day), longest_rest]).toEqual([['2028-02-12'], null])
})
