import { expect, it } from 'vitest'
import { dayPart } from './useCellNames.ts'

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
