import { expect, it } from 'vitest'
import { staleAt } from './answerTimes.ts'
import { iso } from './time.ts'

const at = (clock: string): string => `2026-11-23T${clock}:00+08:00`

it.each([
  ['a shift of tonight: half an hour after the tap', '14:00', '20:00', '14:30'],
  ['a shift that starts sooner: its start', '14:00', '14:10', '14:10'],
  ['a shift that runs already: half an hour after the tap', '14:00', '13:00', '14:30'],
  ['a shift that starts at the tap: half an hour', '14:00', '14:00', '14:30'],
])('asks again for %s', (_name, tapped, starts, again) => {
  expect(iso(staleAt(at(tapped), at(starts)))).toBe(iso(at(again)))
})
