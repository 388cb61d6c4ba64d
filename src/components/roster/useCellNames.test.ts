import { expect, it } from 'vitest'
import { enTime, zhTime } from '#i18n/timeWords.ts'
import { dayPart, rowSpan } from './useCellNames.ts'

it.each([
  ['04:30', 'night'],
  ['05:00', 'morning'],
  ['10:30', 'morning'],
  ['11:00', 'noon'],
  ['14:00', 'afternoon'],
  ['16:30', 'afternoon'],
  ['17:00', 'evening'],
  ['20:00', 'night'],
])('a shift that starts at %s is of the %s', (starts, part) => expect(dayPart(starts)).toBe(part))

it.each([
  ['08:00', '14:00', false, '08–14', '08–14'],
  ['08:30', '14:00', false, '08:30–14:00', '08:30–14:00'],
  ['20:00', '24:00', false, '20–24', '20–24'],
  ['20:00', '02:00', true, '20–次日 02', '20–02 next day'],
  ['20:30', '02:00', true, '20:30–次日 02:00', '20:30–02:00 next day'],
])('a row from %s to %s (next day: %s) is %s', (starts, ends, next_day, zh, en) => {
  const row = { starts, ends, next_day }
  expect([rowSpan(row, zhTime), rowSpan(row, enTime)]).toEqual([zh, en])
})
