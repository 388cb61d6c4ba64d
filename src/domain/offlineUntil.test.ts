import { expect, it } from 'vitest'
import { offlineUntil } from './offlineUntil.ts'
import { iso } from './time.ts'

const now = Date.parse('2026-11-26T02:00:00Z')
const scopes = ['user:a', 'org:c:open', 'org:c:202611', 'org:c:202612', 'org:d:202611', 'lead:c']

it('serves to the end of the last month it holds, when the browser keeps the data', () => {
  const until = offlineUntil(scopes, now, true)!
  expect([iso(until.at), until.because]).toEqual(['2026-12-31T16:00:00.000Z', 'rosters'])
})

it.each([false, null])('counts seven days from now when the browser promised nothing (%j)', (persisted) => {
  expect(offlineUntil(scopes, now, persisted)).toEqual({ at: now + 7 * 86_400_000, because: 'storage' })
})

it('is never later than the rosters', () => {
  expect(offlineUntil(['org:c:202611'], now, false)).toEqual({
    at: Date.parse('2026-11-30T16:00:00Z'),
    because: 'rosters',
  })
})

it('says nothing without a roster', () => {
  expect(offlineUntil(['user:a', 'sum:x'], now, true)).toBeNull()
})
