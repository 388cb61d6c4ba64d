import type { MyAssignment } from './rows.ts'
import { expect, it } from 'vitest'
import { ownRecord } from './ownRecord.ts'
import { atShanghai, HOUR, iso } from './time.ts'

type One = Parameters<typeof ownRecord>[0][number]
const turn = (id: string, day: string, from: string, more: Partial<MyAssignment> = {}): One => {
  const start = atShanghai(day, from)
  return {
    id, place_name: '1栋', post_name: '门岗', community_id: 'c', community_name: '甲社区', starts_at: iso(start),
    ends_at: iso(start + 4 * HOUR), state: 'done', on_post_at: null, off_post_at: null, callout_kind: null,
    by_proxy: [], ...more,
  }
}
const NOW = atShanghai('2026-12-31', '12:00')
const record = (...turns: One[]) => ownRecord(turns, '2026-01-01', '2026-12-31', NOW)

it('counts the time really stood, and the planned one where nobody checks in', () => {
  const { lines, minutes } = record(
    turn('plan', '2026-11-01', '08:00'),
    turn('late', '2026-11-02', '08:00', {
      state: 'relieved',
      on_post_at: iso(atShanghai('2026-11-02', '08:20')),
      off_post_at: iso(atShanghai('2026-11-02', '13:00')),
    }),
  )
  expect(lines.map(l => [l.id, l.minutes])).toEqual([['late', 280], ['plan', 240]])
  expect(minutes).toBe(520)
})

it('counts time that two turns share once', () => {
  const stayed = turn('stayed', '2026-11-01', '08:00', { off_post_at: iso(atShanghai('2026-11-01', '12:30')) })
  expect(record(stayed, turn('next', '2026-11-01', '12:00')).minutes).toBe(480)
})

it('leaves out drills, turns that nobody stood or that are not over, and other years', () => {
  const { lines } = record(
    turn('drill', '2026-11-01', '08:00', { callout_kind: 'drill' }),
    turn('gone', '2026-11-01', '08:00', { state: 'withdrawn' }),
    turn('missed', '2026-11-01', '08:00', { state: 'not_arrived' }),
    turn('now', '2026-12-31', '10:00', { state: 'on_post' }),
    turn('next', '2026-12-31', '20:00', { state: 'accepted' }), turn('old', '2025-12-31', '08:00'),
    turn('eve', '2025-12-31', '23:00'), turn('first', '2026-01-01', '00:00'),
  )
  expect(lines.map(l => l.id)).toEqual(['first'])
})
