import type { CoverAssignment, CoverInput, CoverShift } from './coverage.ts'
import { describe, expect, it } from 'vitest'
import { apart, coverage, shiftCover, urgent } from './coverage.ts'
import { HOUR, iso, ms } from './time.ts'

const now = ms('2026-11-23T06:30:00Z')
const at = (h: number) => iso(now + h * HOUR)
const shift = (id: string, from: number, to: number, more: Partial<CoverShift> = {}): CoverShift => ({
  id,
  org_unit_id: 'e1b1',
  post_id: 'p',
  starts_at: at(from),
  ends_at: at(to),
  capacity: 3,
  filled: 0,
  held: 0,
  state: 'open',
  ...more,
})
const row = (
  shift_id: string,
  from: number,
  to: number,
  state: CoverAssignment['state'],
  more: Partial<CoverAssignment> = {},
): CoverAssignment => ({
  shift_id,
  starts_at: at(from),
  ends_at: at(to),
  state,
  ...more,
})
const run = (shifts: CoverShift[], assignments: CoverAssignment[] = [], more: Partial<CoverInput> = {}) => coverage({
  unitIds: ['e1b1'],
  shifts,
  assignments,
  checkIn: () => true,
  now,
  ...more,
}, 'now')[0]!

describe('places of a shift', () => {
  it.each(
    [
      ['on post', { filled: 1 }, [row('s', -1, 2, 'on_post')], true, { on: 1, acc: 0, missing: 2, waiting: 0 }],
      ['accepted, check-in demanded', { filled: 1 }, [row('s', -1, 2, 'accepted')], true, {
        on: 0,
        acc: 1,
        missing: 2,
        waiting: 0,
      }],
      ['accepted in calm times is on duty', { filled: 1 }, [row('s', -1, 2, 'accepted')], false, {
        on: 1,
        acc: 0,
        missing: 2,
        waiting: 0,
      }],
      ['assigned in calm times still waits for a yes', { filled: 1 }, [row('s', -1, 2, 'assigned')], false, {
        on: 0,
        acc: 1,
        missing: 2,
        waiting: 0,
      }],
      ['not arrived leaves the place empty', { filled: 0 }, [row('s', -1, 2, 'not_arrived')], true, {
        on: 0,
        acc: 0,
        missing: 3,
        waiting: 0,
      }],
      [
        'an unsent claim fills nothing',
        { filled: 1, _pending: 'm' },
        [row('s', -1, 2, 'accepted', { _pending: 'm' })],
        true,
        { on: 0, acc: 0, missing: 3, waiting: 1 },
      ],
      ['an unsent check-in is not yet green', { filled: 1 }, [row('s', -1, 2, 'on_post', { _pending: 'm' })], true, {
        on: 0,
        acc: 1,
        missing: 2,
        waiting: 0,
      }],
      ['filled by people not yet synced', { filled: 2 }, [], true, { on: 0, acc: 2, missing: 1, waiting: 0 }],
    ] as const,
  )('%s', (_name, more, rows, checkIn, expected) => {
    expect(shiftCover(shift('s', -1, 2, more), rows, checkIn, now)).toMatchObject(expected)
  })
})

describe('coverage of a unit', () => {
  it('shows the worst of its places', () => {
    const full = { capacity: 1, filled: 1 }
    expect(run([]).state).toBe('idle')
    expect(run([shift('s', -1, 2, full)], [row('s', -1, 2, 'on_post')]).state).toBe('on')
    expect(run([shift('s', -1, 2, full)], [row('s', -1, 2, 'accepted')]).state).toBe('acc')
    expect(run([shift('s', -1, 2)], [row('s', -1, 2, 'on_post')])).toMatchObject({
      state: 'vac',
      storeys: ['on', 'vac', 'vac'],
    })
  })

  it('shows a person who stays past the end as 待交接', () => {
    const old = shift('old', -4, -0.5, { capacity: 1, filled: 1 })
    const next = shift('next', -0.5, 3, { capacity: 1, filled: 1 })
    const unit = run([old, next], [row('old', -4, -0.5, 'on_post'), row('next', -0.5, 3, 'accepted')])
    expect(unit).toMatchObject({ state: 'hand', hand: 1, acc: 1, missing: 0 })
  })

  it('keeps windows in the future and half-open', () => {
    const shifts = [
      shift('run', -1, 0.5),
      shift('soon', 0.5, 3),
      shift('edge', 2, 5),
      shift('later', 5, 8),
      shift('far', 24.5, 27),
      shift('past', -4, 0),
      shift('gone', -1, 2, { state: 'cancelled' }),
    ]
    const ids = (w: 'now' | '2h' | '24h') =>
      coverage({ unitIds: ['e1b1'], shifts, assignments: [], checkIn: () => true, now }, w)[0]!.shifts.map(s =>
        s.shift_id,
      )
    expect(ids('now')).toEqual(['run'])
    expect(ids('2h')).toEqual(['soon', 'edge'])
    expect(ids('24h')).toEqual(['soon', 'edge', 'later'])
  })

  it('keeps the order of the units it was given', () => {
    const out = coverage({
      unitIds: ['b', 'a'],
      shifts: [shift('s', -1, 2, { org_unit_id: 'a' })],
      assignments: [],
      checkIn: () => true,
      now,
    }, 'now')
    expect(out.map(u => [u.org_unit_id, u.state])).toEqual([['b', 'idle'], ['a', 'vac']])
  })
})

describe('urgency', () => {
  it('weighs missing people by the minutes left, running shifts first among equals', () => {
    const shifts = [
      shift('soon1', 1, 4, { capacity: 1 }),
      shift('run1', -0.45, 2, { capacity: 1 }),
      shift('soon3', 1, 4),
      shift('full', -1, 2, { capacity: 1, filled: 1 }),
    ]
    const input = { unitIds: ['e1b1'], shifts, assignments: [], checkIn: () => true, now }
    const units = [...coverage(input, 'now'), ...coverage(input, '24h')]
    const list = urgent(units, now)
    expect(list.map(u => u.shift_id)).toEqual(['soon3', 'run1', 'soon1'])
    expect(list[1]).toMatchObject({ minutes_to_start: -27, person_minutes: 27, missing: 1 })
    expect(list[0]).toMatchObject({ minutes_to_start: 60, person_minutes: 0, missing: 3 })
  })
})

it('keeps the shifts of a drill apart from a roster and from a real call-out', () => {
  const rows = [{ id: 'roster', callout_id: null }, { id: 'real', callout_id: 'k1' }, { id: 'drill', callout_id: 'k2' }]
  const { real, drill } = apart(rows, [{ id: 'k1', kind: 'real' }, { id: 'k2', kind: 'drill' }])
  expect([real.map(r => r.id), drill.map(r => r.id)]).toEqual([['roster', 'real'], ['drill']])
})
