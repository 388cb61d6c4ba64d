import type { DayMoment, LineInput } from './todayLine.ts'
import { expect, it } from 'vitest'
import { orgTree } from './orgTree.ts'
import { UNITS } from './testing/tree.ts'
import { HOUR, iso, ms } from './time.ts'
import { dayLine, postsNow } from './todayLine.ts'

/** 14:00 in Shanghai; ten hours are left of the day. */
const now = ms('2026-12-08T06:00:00Z')
const at = (hours: number): string => iso(now + hours * HOUR)
const shift = (id: string, from: number, to: number, more: object = {}) => ({
  id, post_id: id, org_unit_id: 'e1b1', callout_id: null, starts_at: at(from), ends_at: at(to), capacity: 1, filled: 1,
  held: 0, to_pick: 0, state: 'open', ...more,
})
const place = (shift_id: string, name: string, state: string) =>
  ({ id: `${shift_id} ${name}`, shift_id, responder_id: name, name, state, starts_at: at(0), ends_at: at(1) })
const NOTHING = {
  now, community: 'c', tree: orgTree(UNITS), posts: [], shifts: [], assignments: [], callouts: [], waitlist: [],
  absences: [], covers: [], helps: [], mine: () => true, own: [], modes: [], silent: new Set(),
}
const input = (more: object): LineInput => ({ ...NOTHING, ...more }) as unknown as LineInput
const line = (more: object): DayMoment[] => dayLine(input(more)).filter(m => m.kind !== 'now')

it('lets now stand among the own shifts of the day, in the order of time', () => {
  const own = (id: string, from: number, state = 'accepted') =>
    ({ id, state, starts_at: at(from), place_name: '北门', post_name: '大门岗' })
  const turns = [own('later', 3), own('past', -3, 'done'), own('tomorrow', 11), own('left', 1, 'withdrawn')]
  const all = dayLine(input({ own: turns }))
  expect(all.map(m => m.kind === 'own' ? m.id : m.kind)).toEqual(['past', 'now', 'later'])
})

it('tells whom the server will remind: who has not confirmed three times, who has once', () => {
  const found = line({
    shifts: [shift('evening', 6, 9), shift('tomorrow', 26, 29), shift('off', 6, 9, { state: 'cancelled' })],
    assignments: [
      place('evening', 'yes', 'accepted'), place('evening', 'asked', 'assigned'), place('evening', 'paper', 'assigned'),
      place('tomorrow', 'sure', 'accepted'), place('tomorrow', 'unsure', 'assigned'), place('off', 'x', 'assigned'),
    ],
    silent: new Set(['paper']),
  })
  expect(found.filter(m => m.kind === 'remind')).toEqual([
    { kind: 'remind', at: at(2), people: 1, starts_at: at(26) },
    { kind: 'remind', at: at(4), people: 2, starts_at: at(6) },
    { kind: 'remind', at: at(5.5), people: 1, starts_at: at(6) },
  ])
})

it('tells when the night begins and what it lacks', () => {
  const found = line({ shifts: [
    shift('day', 1, 9), shift('a', 6, 12), shift('b', 6, 12, { filled: 0, capacity: 2 }), shift('late', 8, 14),
  ] })
  expect(found).toEqual([{ kind: 'night', at: at(6), posts: 2, missing: 2 }])
})

it('tells which holds run out today, and when 应急 ends by itself', () => {
  const hold = (name: string, hours: number, state = 'held') =>
    ({ id: name, shift_id: 'far', name, state, hold_until: at(hours) })
  const mode = (id: string, hours: number, state = 'open') => ({ id, state, ground: id, expires_at: at(hours) })
  expect(line({
    shifts: [shift('far', 30, 33)],
    waitlist: [hold('甲', 1), hold('乙', 20), hold('丙', 1, 'passed')],
    modes: [mode('寒潮', 9), mode('久', 40), mode('过', 1, 'closed')],
  })).toEqual([
    { kind: 'hold', at: at(1), name: '甲', place: '梧桐苑 1栋' },
    { kind: 'mode', at: at(9), ground: '寒潮' },
  ])
})

it('says how the posts stand now, and when the next change is', () => {
  const shifts = [
    shift('full', -1, 3), shift('short', -1, 5, { filled: 0 }), shift('next', 2, 6), shift('over', -5, -1),
    shift('else', -1, 1, { org_unit_id: 'e2b1' }),
  ]
  const mine = (unit: string): boolean => unit === 'e1b1'
  expect(postsNow(input({ shifts, mine }))).toEqual({ posts: 2, short: 1, next: at(2) })
  expect(postsNow(input({}))).toEqual({ posts: 0, short: 0, next: null })
})
