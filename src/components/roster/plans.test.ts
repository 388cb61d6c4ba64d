import type { Matrix, MatrixShift } from './matrix.ts'
import { describe, expect, it } from 'vitest'
import { atShanghai, dayKey, hhmm, iso } from '#domain/time.ts'
import { copiedShifts, copyFrom, fillPlan } from './plans.ts'

const posts = [{ id: 'p', night_minimum: 2 }]
const base = {
  posts,
  days: ['2026-11-23', '2026-11-24'],
  pattern: '8x3' as const,
  start: '08:00',
  capacity: 2,
  hours: undefined,
  now: 0,
  shifts: [],
  mode: 'skip' as const,
}

describe('filling by a pattern', () => {
  it('cuts each day from the start hour, across midnight, without gap or overlap', () => {
    const { shifts } = fillPlan(base)
    expect(shifts).toHaveLength(16)
    expect(shifts.slice(0, 8).map(s => hhmm(s.starts_at))).toEqual([
      '08:00',
      '11:00',
      '14:00',
      '17:00',
      '20:00',
      '23:00',
      '02:00',
      '05:00',
    ])
    expect(shifts.slice(1).every((s, i) => s.starts_at === shifts[i]?.ends_at)).toBe(true)
  })
  it('leaves out what the post already has, but not what was cancelled', () => {
    const there = {
      id: 's',
      post_id: 'p',
      starts_at: '2026-11-23T08:00:00+08:00',
      ends_at: '2026-11-23T11:00:00+08:00',
      state: 'open' as const,
    }
    expect(fillPlan({ ...base, shifts: [there] })).toMatchObject({ same: 1 })
    expect(fillPlan({ ...base, shifts: [{ ...there, state: 'cancelled' }] })).toMatchObject({ same: 0 })
  })
  it('makes no shift that is over, and says how many', () => {
    const now = atShanghai('2026-11-23', '14:00')
    const plan = fillPlan({ ...base, now, days: ['2026-11-22', '2026-11-23'] })
    expect([plan.past, plan.shifts.length]).toEqual([8 + 2, 6])
    expect(hhmm(plan.shifts[0]!.starts_at)).toBe('14:00')
  })
  it('keeps each day of a day-only pattern to itself, in the usual length', () => {
    const days = (start: string, hours?: number): string[] =>
      fillPlan({ ...base, pattern: 'day', start, hours }).shifts.map(s => `${hhmm(s.starts_at)}–${hhmm(s.ends_at)}`)
    expect(days('08:00', 6)).toEqual(['08:00–14:00', '14:00–20:00', '08:00–14:00', '14:00–20:00'])
    expect(days('17:00')).toEqual(['17:00–20:00', '17:00–20:00'])
  })
  it('counts shifts of the deep night with too few people', () => {
    expect(fillPlan({ ...base, capacity: 1, days: ['2026-11-23'] }).thin_nights).toBe(3)
    expect(fillPlan({ ...base, pattern: 'day', capacity: 1 }).thin_nights).toBe(0)
  })
})

describe('copying last week', () => {
  const shift = (id: string, day: string, more: Partial<MatrixShift> = {}): MatrixShift => ({
    id,
    starts_at: iso(atShanghai(day, '20:00')),
    ends_at: iso(atShanghai(day, '26:00')),
    capacity: 2,
    missing: 1,
    state: 'open',
    pending: false,
    night: true,
    roster_id: 'r',
    callout_id: null,
    people: [{
      id: `a-${id}`,
      responder_id: 'wang',
      name: '王建国',
      draft: false,
      state: 'accepted',
      pending: false,
      clash: false,
      rest: null,
    }],
    ...more,
  })
  const matrix = (cells: (MatrixShift | null)[]): Matrix => ({
    days: [],
    groups: [{
      post_id: 'p',
      org_unit_id: 'u',
      place: '',
      post_name: '',
      kind: 'gate',
      capacity: 2,
      rows: [{ key: 'k', starts: '20:00', ends: '02:00', next_day: true, cells }],
    }],
  })
  const copied = (cells: MatrixShift[]) => copiedShifts(matrix(cells), atShanghai('2026-11-23'), 7)
  it('moves shifts and people by seven days', () => {
    expect(copied([shift('A', '2026-11-16')])).toEqual([
      {
        post_id: 'p',
        starts_at: '2026-11-23T12:00:00.000Z',
        ends_at: '2026-11-23T18:00:00.000Z',
        capacity: 2,
        people: ['wang'],
      },
    ])
  })
  it('keeps the weekdays of a month, and takes its last days from the last week of the month before', () => {
    // 1 December 2026 is a Tuesday, as 3 November is; 29 December a Tuesday, as 24 November is
    expect(copyFrom(31)).toEqual([...Array.from({ length: 28 }).fill(28), 35, 35, 35])
    const [first, last] = [shift('A', '2026-11-03'), shift('B', '2026-11-24')]
    const month = copiedShifts(matrix([first, last]), atShanghai('2026-12-01'), 31)
    expect(month.map(s => dayKey(s.starts_at))).toEqual(['2026-12-01', '2026-12-22', '2026-12-29'])
    expect(copyFrom(28)).toEqual(Array.from({ length: 28 }).fill(28))
  })
  it('leaves out call-outs and drafts', () => {
    const last = [shift('B', '2026-11-17', { callout_id: 'c' }), shift('C', '2026-11-18', { state: 'draft' })]
    expect(copied(last)).toEqual([])
  })
  it('copies a record that was split by take-overs once, as the people who were planned', () => {
    const [wang] = shift('A', '2026-11-16').people
    const zhou = { ...wang!, responder_id: 'zhou' }
    const people = [
      { ...wang!, state: 'relieved' as const, replaced: true as const },
      { ...wang!, responder_id: 'li', state: 'relieved' as const, replaced: true as const, stands_in: true as const },
      { ...wang!, responder_id: 'chen', stands_in: true as const },
      zhou,
      zhou,
    ]
    expect(copied([shift('A', '2026-11-16', { people })])[0]!.people).toEqual(['wang', 'zhou'])
  })
})
