import { expect, it } from 'vitest'
import { heldSince } from './heldSince.ts'

it.each([
  ['2026-11-29T20:00:00+08:00', '2026-10-01'],
  ['2026-01-01T00:00:00+08:00', '2025-12-01'],
  ['2026-02-28T23:59:59+08:00', '2026-01-01'],
])('at %s a phone holds duty since %s', (now, first) => {
  expect(heldSince(Date.parse(now))).toBe(first)
})
