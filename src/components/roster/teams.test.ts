import type { Doubts } from './clipboard.ts'
import type { MatrixShift } from './matrix.ts'
import type { Team, TeamInput } from './teams.ts'
import { describe, expect, it } from 'vitest'
import { atShanghai, DAY, HOUR, iso } from '#domain/time.ts'
import { planTeams } from './teams.ts'

const MONDAY = atShanghai('2026-11-23')
const shift = (id: string, day: number, hour: number, hours: number, more: Partial<MatrixShift> = {}): MatrixShift => {
  const starts = MONDAY + day * DAY + hour * HOUR
  return {
    id, starts_at: iso(starts), ends_at: iso(starts + hours * HOUR), capacity: 1, missing: 1, state: 'draft',
    pending: false, night: false, roster_id: 'r', callout_id: null, people: [], ...more,
  }
}
const team = (name: string, n: number): Team =>
  ({ name, people: Array.from({ length: n }, (_, i) => ({ id: `${name}${i + 1}`, name: `${name}${i + 1}` })) })
const FINE: Doubts = { blocked: null, soft: null, needs_reason: false }
const plan = (input: Partial<TeamInput>) =>
  planTeams({ teams: [team('甲', 2)], turn: 'shift', shifts: [], judge: () => FINE, noPlace: '没有空位', ...input })
const seats = (input: Partial<TeamInput>): string[] => plan(input).assigns.map(a => `${a.shift_id} ${a.name}`)
const teamOf = (input: Partial<TeamInput>): string => plan(input).assigns.map(a => a.name[0]).join('')

describe('teams', () => {
  it('one unit takes a night at every post: each post its first person before any a second', () => {
    const night = [shift('a', 0, 22, 8, { capacity: 2, missing: 2 }), shift('b', 0, 22, 8, { capacity: 2, missing: 1 })]
    expect(seats({ shifts: night, teams: [team('甲', 3)] })).toEqual(['a 甲1', 'b 甲2', 'a 甲3'])
  })

  it('says who has no place and why, and how many places stay empty', () => {
    const judge = (id: string): Doubts => {
      if (id === '甲1') return { ...FINE, blocked: '已在别处' }
      return id === '甲2' ? { ...FINE, soft: '休息不够', needs_reason: true } : FINE
    }
    const night = [shift('a', 0, 22, 8), shift('b', 0, 22, 8, { missing: 0 })]
    const made = plan({ shifts: night, teams: [team('甲', 4)], judge })
    expect(made.assigns.map(a => a.name)).toEqual(['甲3'])
    expect(made.left_out.map(r => r.shift && `${r.name} ${r.why}`)).toEqual([
      '甲1 已在别处', '甲2 休息不够', '甲4 没有空位',
    ])
    expect(made.gaps).toBe(0)
    expect(plan({ shifts: night, teams: [team('甲', 2)], judge })).toMatchObject({ assigns: [], gaps: 1 })
  })

  it('turns each shift, each day, or each week', () => {
    const teams = [team('甲', 9), team('乙', 9), team('丙', 9), team('丁', 9)]
    const days = [0, 1, 2].flatMap(d => [0, 8, 16].map(h => shift(`${d} ${h}`, d, h, 8)))
    expect(teamOf({ teams, shifts: days, turn: 'shift' })).toBe('甲乙丙丁甲乙丙丁甲')
    expect(teamOf({ teams, shifts: days, turn: 'day' })).toBe('甲甲甲乙乙乙丙丙丙')
    const weeks = [0, 6, 7, 14].flatMap(d => [8, 20].map(h => shift(`${d} ${h}`, d, h, 12)))
    expect(teamOf({ teams: teams.slice(0, 2), shifts: weeks, turn: 'week' })).toBe('甲乙甲乙乙甲甲乙')
  })

  it('shares turns out within a team, and tells who is put on published shifts', () => {
    const days = [0, 1, 2, 3].map(d => shift(String(d), d, 8, 4, { state: d === 3 ? 'open' : 'draft' }))
    expect(seats({ shifts: days })).toEqual(['0 甲1', '1 甲2', '2 甲1', '3 甲2'])
    expect(plan({ shifts: days }).live.map(l => l.name)).toEqual(['甲2'])
  })

  it('judges each with what they get here before', () => {
    const judge: TeamInput['judge'] = (_, __, more) => more.length > 0 ? { ...FINE, blocked: '太累' } : FINE
    const days = [0, 1, 2].map(d => shift(String(d), d, 8, 4))
    expect(plan({ shifts: days, judge })).toMatchObject({ assigns: [{ name: '甲1' }, { name: '甲2' }], gaps: 1 })
  })

  it('does nothing without a team or an empty place', () => {
    expect(plan({ teams: [], shifts: [shift('a', 0, 8, 4)] })).toMatchObject({ assigns: [], left_out: [] })
    expect(plan({ shifts: [shift('a', 0, 8, 4, { missing: 0 })] })).toMatchObject({ assigns: [], left_out: [] })
  })
})
