import type { ShiftCount } from '#domain/sums.ts'
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
    row(-1, 3, { on_post: 1, accepted: 1 }),
    row(2, 3),
    row(23, 3),
    row(25, 3),
    row(-3, 3),
    row(1, 1, { state: 'cancelled' }),
    row(-1, 3, { drill: 'yes' }),
  ]
  expect(windowCount(rows, 'now', now, false)).toEqual({ capacity: 3, filled: 2, on_post: 1, vacant: 1 })
  expect(windowCount(rows, 'now', now, true)).toMatchObject({ filled: 2, on_post: 2 })
  expect(windowCount(rows, 'h2', now, true)).toEqual({ capacity: 3, filled: 1, on_post: 0, vacant: 2 })
  expect(windowCount(rows, 'h24', now, false)).toEqual({ capacity: 6, filled: 2, on_post: 0, vacant: 4 })
})
it('never shows more filled than there are places', () => {
  const over = [row(-1, 2, { accepted: 2, on_post: 3 })]
  expect(windowCount(over, 'now', now, false)).toMatchObject({ filled: 3, vacant: 0 })
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
    row(4, 1, { drill: 'yes', capacity: 9 }),
  ]
  expect(emptiest(rows, now).map(r => [r.id, r.missing])).toEqual([['2', 8], ['-1', 2], ['3', 2]])
})
