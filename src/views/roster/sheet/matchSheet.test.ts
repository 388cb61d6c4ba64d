import type { Doubts } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import type { RosterEntry } from '#io/rosterSheet.ts'
import type { LabelledPost } from '../useRoster.ts'
import type { SheetInput } from './matchSheet.ts'
import { describe, expect, it } from 'vitest'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { matchSheet, postNamed } from './matchSheet.ts'

const DAY = '2026-12-01'
const post = (id: string, label: string, name: string): LabelledPost => ({
  id, label, name, community_id: 'c', org_unit_id: `u${id}`, kind: 'gate', setting: 'outdoor', task: null, kit: null,
  contact: null, night_minimum: 2, waitlist_choice: 'auto', skill: null, ended: false,
})
const POSTS = [post('n', '梧桐苑', '北门大门岗'), post('s', '梧桐苑', '南门大门岗'), post('1', '梧桐苑 1栋', '单元门岗')]
const NAMES = ['王建国', '李素芬', '张伟', '张伟']
const PEOPLE = NAMES.map((name, i) => ({ id: `p${i}`, name, display_name: null }))
const shift = (id: string, from: string, hours: number, more: Partial<MatrixShift> = {}): MatrixShift => {
  const start = atShanghai(DAY, from)
  return {
    id, starts_at: iso(start), ends_at: iso(start + hours * HOUR), capacity: 1, missing: 1, state: 'draft',
    pending: false, night: false, roster_id: 'r', callout_id: null, people: [], ...more,
  }
}
const matrix = (...at1: MatrixShift[]): Matrix => ({
  days: [DAY, '2026-12-02'],
  groups: [{
    post_id: '1', org_unit_id: 'u1', place: '梧桐苑 1栋', post_name: '单元门岗', kind: 'unit_door', capacity: 1,
    rows: at1.map(s => ({ key: s.id, starts: '', ends: '', next_day: false, cells: [s, null] })),
  }],
})
const entry = (more: Partial<RosterEntry>): RosterEntry =>
  ({ sheet: 's', line: 2, day: DAY, where: '1栋', from: '08:00', to: '14:00', part: null, names: ['王建国'], ...more })
const FINE: Doubts = { blocked: null, soft: null, needs_reason: false }
const match = (entries: RosterEntry[], more: Partial<SheetInput> = {}) => matchSheet({
  entries, posts: POSTS, people: PEOPLE, chosen: {}, matrix: matrix(), judge: () => FINE,
  now: atShanghai('2026-11-30'), ...more,
})
const problems = (entries: RosterEntry[], more: Partial<SheetInput> = {}): string[] =>
  match(entries, more).problems.map(p => `${p.line} ${p.code} ${p.text}`)

it.each([
  ['1栋', '1'], ['梧桐苑1栋门岗', '1'], ['北门', 'n'], ['北门大门岗 8:00-14:00', 'n'], ['梧桐苑 南门', 's'],
  ['梧桐苑', null], ['11栋', null], ['东门', null],
])('%s is the post %s', (where, id) => expect(postNamed(where, POSTS)).toBe(id))

it.each(['桂花苑1栋', '桂花苑4栋', '1-2栋', '桂花苑 北门'])('%s is no post of another place', (where) => {
  const posts = [
    post('1', '梧桐苑 1栋', '单元门岗'), post('2', '梧桐苑 2栋', '单元门岗'), post('3', '桂花苑 3栋', '单元门岗'),
    post('n', '梧桐苑', '北门大门岗'), post('k', '梧桐苑', '幼儿园门岗'),
  ]
  expect(postNamed(where, posts)).toBeNull()
  expect(postNamed('幼儿园', posts)).toBe('k')
})

describe('a sheet', () => {
  it('makes a draft with its people where there is none', () => {
    const night = entry({ line: 3, where: '北门', from: '20:00', to: '02:00' })
    const made = match([entry({ names: ['王建国', '李素芬'] }), night])
    expect(made.shifts).toEqual([
      { post_id: '1', starts_at: iso(atShanghai(DAY, '08:00')), ends_at: iso(atShanghai(DAY, '14:00')), capacity: 2,
        people: ['p0', 'p1'] },
      { post_id: 'n', starts_at: iso(atShanghai(DAY, '20:00')), ends_at: iso(atShanghai('2026-12-02', '02:00')),
        capacity: 1,
        people: ['p0'] },
    ])
    expect(made.problems).toEqual([])
  })

  it('two lines for one shift are one draft', () => {
    const [one, ...more] = match([entry({}), entry({ line: 3, names: ['李素芬'] })]).shifts
    expect([one!.people, one!.capacity, more]).toEqual([['p0', 'p1'], 2, []])
  })

  it('puts people on the shift that is there: of its hours, or of its part of the day', () => {
    const there = matrix(shift('day', '08:00', 6), shift('night', '20:00', 6, { state: 'open' }))
    const made = match([entry({}), entry({ from: null, to: null, part: 'night', names: ['李素芬'] })], { matrix: there })
    expect(made.assigns.map(a => `${a.shift_id} ${a.name}`)).toEqual(['day 王建国', 'night 李素芬'])
    expect([made.shifts, made.live.map(l => l.name)]).toEqual([[], ['李素芬']])
  })

  it('tells line by line what does not come in', () => {
    const there = { matrix: matrix(shift('day', '08:00', 6)) }
    expect(problems([
      entry({ line: 2, where: '东门' }), entry({ line: 3, day: '2027-01-01' }),
      entry({ line: 4, where: '北门', from: null, to: null }), entry({ line: 5, from: '09:00', to: '11:00' }),
      entry({ line: 6, where: '北门', names: ['孙悟空', '张伟'] }),
    ], there)).toEqual([
      '2 no_post 东门', '3 outside 2027-01-01', '4 no_hours 北门', '5 covered 1栋', '6 no_person 孙悟空', '6 twins 张伟',
    ])
    expect(problems([entry({})], { now: atShanghai('2026-12-02') })).toEqual(['2 past 1栋'])
  })

  it('a place that nobody knows is the post that was chosen for it', () => {
    expect(match([entry({ where: '东门' })], { chosen: { 东门: 'n' } }).shifts[0]!.post_id).toBe('n')
  })

  it('leaves out whom something speaks against, and those beyond the last place', () => {
    const there = matrix(shift('day', '08:00', 6))
    const judge = (id: string, s: MatrixShift): Doubts => {
      if (id === 'p0') return { ...FINE, soft: '休息不够', needs_reason: true }
      return s.missing === 0 ? { ...FINE, blocked: '已满' } : FINE
    }
    const two = [...PEOPLE.slice(0, 2), { id: 'p9', name: '赵梅', display_name: null }]
    const made = match([entry({ names: ['王建国', '李素芬', '赵梅'] })], { matrix: there, judge, people: two })
    expect(made.assigns.map(a => a.name)).toEqual(['李素芬'])
    expect(made.left_out.map(r => r.shift && `${r.name} ${r.why}`)).toEqual(['王建国 休息不够', '赵梅 已满'])
  })
})
