import type { ShiftCount } from '#domain/rows.ts'
import { expect, it } from 'vitest'
import { iso } from '#domain/time.ts'
import { emptiest, windowCount } from './counts.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const row = (from: number, hours: number, more: Partial<ShiftCount> = {}): ShiftCount => ({
  id: `${from}`,
  community_id: 'c',
  org_unit_id: 'u',
  place_name: '',
  post_name: '',
  starts_at: iso(now + from * 3_600_000),
  ends_at: iso(now + (from + hours) * 3_600_000),
  capacity: 3,
  accepted: 1,
  on_post: 0,
  state: 'open',
  callout_id: null,
  drill: 'no',
  ...more,
})

it('counts what runs now apart from what starts within two hours and a day', () => {
  const rows = [
    row(-1, 3, { on_post: 2, accepted: 2 }),
    row(2, 3),
    row(23, 3),
    row(25, 3),
    row(-3, 3),
    row(1, 1, { state: 'cancelled' }),
  ]
  expect(windowCount(rows, 'now', now)).toEqual({ capacity: 3, filled: 2, on_post: 2, vacant: 1 })
  expect(windowCount(rows, 'h2', now)).toEqual({ capacity: 3, filled: 1, on_post: 0, vacant: 2 })
  expect(windowCount(rows, 'h24', now)).toEqual({ capacity: 6, filled: 2, on_post: 0, vacant: 4 })
})
it('never shows more filled than there are places', () => {
  expect(windowCount([row(-1, 2, { accepted: 5 })], 'now', now)).toMatchObject({ filled: 3, vacant: 0 })
})
it('lists empty places, most people and longest first, and no shift that is over, full or far off', () => {
  const rows = [
    row(-1, 3),
    row(2, 3, { capacity: 9 }),
    row(3, 3),
    row(-9, 3),
    row(25, 3),
    row(1, 2, { accepted: 3 }),
    row(5, 1, { state: 'cancelled' }),
  ]
  expect(emptiest(rows, now).map(r => [r.id, r.missing])).toEqual([['2', 8], ['-1', 2], ['3', 2]])
})
