import { expect, it } from 'vitest'
import { isInDoubt } from './close.ts'

const span = { starts_at: '2026-12-03T14:00:00+08:00', ends_at: '2026-12-03T17:00:00+08:00' }
const place = { state: 'assigned', ...span } as const

it.each([
  ['a moment more than two hours ahead', '2026-12-03T11:59:59.999+08:00', false],
  ['two hours ahead', '2026-12-03T12:00:00+08:00', true],
  ['while the shift runs', '2026-12-03T16:59:59+08:00', true],
  ['once it is over', '2026-12-03T17:00:00+08:00', false],
])('a place nobody confirmed is in doubt: %s', (_, now, doubt) => {
  expect(isInDoubt(place, now)).toBe(doubt)
})

it('a place that is confirmed, or was given on this phone alone, is not', () => {
  const now = '2026-12-03T13:00:00+08:00'
  expect(isInDoubt({ ...place, state: 'accepted' }, now)).toBe(false)
  expect(isInDoubt({ ...place, _pending: 'm' }, now)).toBe(false)
})
