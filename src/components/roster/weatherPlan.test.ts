import type { Matrix, MatrixPerson, MatrixShift } from './matrix.ts'
import { describe, expect, it } from 'vitest'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { weatherDrafts, weatherPlan } from './weatherPlan.ts'

const DAY = '2026-07-24'
const person = (id: string): MatrixPerson =>
  ({ id, responder_id: id, name: id, draft: true, state: null, pending: false, clash: false, rest: null })
const shift = (id: string, from: string, hours: number, more: Partial<MatrixShift> = {}): MatrixShift => {
  const start = atShanghai(DAY, from)
  return {
    id, starts_at: iso(start), ends_at: iso(start + hours * HOUR), capacity: 2, missing: 0, state: 'draft',
    pending: false, night: false, roster_id: 'r', callout_id: null, people: [person('平'), person('强')], ...more,
  }
}
const matrix = (posts: Record<string, MatrixShift[]>): Matrix => ({
  days: [DAY],
  groups: Object.entries(posts).map(([post_id, shifts]) => ({
    post_id, org_unit_id: 'u', place: '1栋', post_name: '门岗', kind: 'gate', capacity: 2,
    rows: shifts.map(s => ({ key: s.id, starts: '', ends: '', next_day: false, cells: [s] })),
  })),
})
const POSTS = [{ id: 'out', setting: 'outdoor' }, { id: 'in', setting: 'indoor' }] as const
const EARLY = atShanghai(DAY, '06:00')
const plan = (m: Matrix, weather: Parameters<typeof weatherPlan>[3], now = EARLY) =>
  weatherPlan(m, POSTS, DAY, weather, now)

describe('weather over a day', () => {
  it('makes a draft again from its parts, with its people on the first', () => {
    const made = weatherDrafts(plan(matrix({ out: [shift('a', '08:00', 6)] }), 'cold'))
    expect(made.drop).toEqual(['a'])
    expect(made.shifts.map(s => [s.starts_at, s.ends_at, s.capacity, s.people])).toEqual([
      [iso(atShanghai(DAY, '08:00')), iso(atShanghai(DAY, '11:00')), 2, ['平', '强']],
      [iso(atShanghai(DAY, '11:00')), iso(atShanghai(DAY, '14:00')), 2, []],
    ])
  })

  it('leaves the first part of a published shift to the shift, and drafts the others', () => {
    const made = plan(matrix({ out: [shift('a', '08:00', 6, { state: 'open' })] }), 'hot')
    expect(made.published.map(c => c.parts.length)).toEqual([2])
    expect(weatherDrafts(made)).toMatchObject({ drop: [], shifts: [{ people: [] }] })
  })

  it('calls off what lies in the forbidden hours', () => {
    const made = plan(matrix({ out: [shift('a', '08:00', 6), shift('b', '12:00', 3, { state: 'open' })] }), 'hottest')
    expect(made.published[0]!.parts).toEqual([])
    expect(weatherDrafts(made)).toEqual({ shifts: [], drop: ['a'] })
  })

  it('leaves alone what is indoors, has begun, was called, was cancelled, or is short already', () => {
    const calm = matrix({
      in: [shift('a', '08:00', 6)],
      out: [
        shift('b', '05:00', 6), shift('c', '08:00', 6, { callout_id: 'c' }), shift('d', '08:00', 3),
        shift('e', '08:00', 6, { state: 'cancelled' }),
      ],
    })
    expect(plan(calm, 'cold')).toEqual({ drafts: [], published: [] })
  })
})
