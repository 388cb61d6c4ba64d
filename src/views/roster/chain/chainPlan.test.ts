import type { Doubts } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import { expect, it } from 'vitest'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { chainShifts, chainText, planClaims } from './chainPlan.ts'

const NOW = atShanghai('2026-11-30', '10:00')
const shift = (id: string, from: string, more: Partial<MatrixShift> = {}): MatrixShift => {
  const start = atShanghai('2026-11-30', from)
  return {
    id, starts_at: iso(start), ends_at: iso(start + 4 * HOUR), capacity: 1, missing: 1, state: 'open', pending: false,
    night: false, roster_id: 'r', callout_id: null, people: [], ...more,
  }
}
const matrix = (...shifts: MatrixShift[]): Matrix => ({
  days: ['2026-11-30'],
  groups: [{
    post_id: 'p', org_unit_id: 'u', place: '1栋', post_name: '门岗', kind: 'gate', capacity: 1,
    rows: shifts.map(s => ({ key: s.id, starts: '', ends: '', next_day: false, cells: [s] })),
  }],
})
const FINE: Doubts = { blocked: null, soft: null, needs_reason: false }

it('leaves out what is over, cancelled or called, and keeps the codes of the others', () => {
  const all = matrix(
    shift('late', '20:00'), shift('over', '02:00'), shift('gone', '12:00', { state: 'cancelled' }),
    shift('call', '13:00', { callout_id: 'c' }), shift('noon', '12:00'),
  )
  expect(chainShifts(all, NOW).map(s => s.shift.id)).toEqual(['noon', 'late'])
  const [noon] = chainShifts(all, NOW)
  expect(chainShifts(all, NOW + 3 * HOUR).find(s => s.shift.id === 'noon')!.code).toBe(noon!.code)
})

it('of two on the last place the first has it; rest is left to the coordinator, a night is not', () => {
  const [noon] = chainShifts(matrix(shift('noon', '12:00')), NOW)
  const claims = ['平', '强', '累'].map(id => ({ person: { id, name: id, display_name: null }, shift: noon! }))
  const judge = (id: string, s: MatrixShift): Doubts => {
    if (id === '累') return { ...FINE, soft: '休息不够', needs_reason: true }
    return s.missing === 0 ? { ...FINE, blocked: '已满' } : { ...FINE, soft: '夜间未同意' }
  }
  const plan = planClaims(claims, judge)
  expect(plan.assigns.map(a => a.name)).toEqual(['平'])
  expect(plan.left_out.map(r => r.shift && `${r.name} ${r.why}`)).toEqual(['强 已满', '累 休息不够'])
  expect(plan.live.map(l => l.name)).toEqual(['平'])
})

it('asks for published gaps only, with a code each', () => {
  const shifts = chainShifts(matrix(
    shift('open', '12:00', { missing: 2 }), shift('full', '16:00', { missing: 0 }),
    shift('draft', '20:00', { state: 'draft' }),
  ), NOW)
  const say = (key: string, named?: object): string => `${key} ${JSON.stringify(named)}`
  const said = chainText(shifts, { name: '甲社区', url: 'u' }, () => '今天', say)
  const lines = said.split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('"n":2')
  expect(lines[1]).toContain(shifts[0]!.code)
})
