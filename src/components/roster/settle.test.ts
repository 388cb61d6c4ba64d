import type { StandingShift } from '#domain/postCover.ts'
import type { CoverMode } from './settle.ts'
import { describe, expect, it } from 'vitest'
import { slots } from '#domain/pattern.ts'
import { coveredShifts } from '#domain/postCover.ts'
import { atShanghai, hhmm } from '#domain/time.ts'
import { fillPlan } from './plans.ts'
import { settle } from './settle.ts'

const DAY = '2026-11-23'
const start = atShanghai(DAY, '08:00')
/** Eight shifts of three hours from eight o'clock; `open` of them are published. */
const eight = (open: number): StandingShift[] => slots('8x3', start).map(({ starts_at, ends_at }, i) => {
  return { id: `s${i}`, post_id: 'p', starts_at, ends_at, state: i < open ? 'open' : 'draft' }
})
const six = (there: StandingShift[], mode: CoverMode) => {
  const posts = [{ id: 'p', night_minimum: 0 }]
  const of = { posts, days: [DAY], start: '08:00', capacity: 2, hours: undefined, now: start }
  return fillPlan({ ...of, pattern: '6x4', shifts: there, mode })
}
const LATER = ['16:00–20:00', '20:00–00:00', '00:00–04:00', '04:00–08:00']
const spans = (shifts: { starts_at: string, ends_at: string }[]): string[] =>
  shifts.map(s => `${hhmm(s.starts_at)}–${hhmm(s.ends_at)}`)

describe('six shifts of four hours over eight of three', () => {
  it('says that all six overlap, and makes none by itself', () => {
    expect(six(eight(0), 'skip')).toMatchObject({ shifts: [], drop: [], same: 0, covered: 6, left_out: 6 })
  })
  it('fills nothing where no time is free', () => {
    expect(six(eight(0), 'gaps')).toMatchObject({ shifts: [], drop: [], covered: 6, left_out: 6 })
  })
  it('takes the place of drafts', () => {
    const plan = six(eight(0), 'replace')
    expect(spans(plan.shifts)).toEqual(['08:00–12:00', '12:00–16:00', ...LATER])
    expect([plan.drop.toSorted(), plan.left_out]).toEqual([eight(0).map(s => s.id), 0])
  })
  it('never takes the place of a published shift', () => {
    const plan = six(eight(2), 'replace')
    expect(spans(plan.shifts)).toEqual(LATER)
    expect([plan.drop, plan.left_out]).toEqual([['s2', 's3', 's4', 's5', 's6', 's7'], 2])
    const stays = eight(2).filter(s => !plan.drop.includes(s.id))
    expect(coveredShifts(plan.shifts, stays)).not.toContain(true)
  })
})

it('fills only the time that is free, in pieces', () => {
  const there = eight(8).filter(s => s.id === 's0' || s.id === 's2')
  expect(spans(six(there, 'gaps').shifts)).toEqual(['11:00–12:00', '12:00–14:00', '17:00–20:00', ...LATER.slice(1)])
})

it('leaves the very same span alone, with its people, in every mode', () => {
  const there = slots('6x4', start).map((s, i) => ({ ...s, id: `s${i}`, post_id: 'p', state: 'draft' as const }))
  for (const mode of ['skip', 'gaps', 'replace'] as const)
    expect(six(there, mode)).toMatchObject({ shifts: [], drop: [], same: 6, covered: 0 })
})

it('makes no two shifts of one plan overlap', () => {
  const [first] = slots('2x12', start)
  const plan = [first!, ...slots('3x8', start)].map(s => ({ ...s, post_id: 'p', capacity: 1 }))
  expect(spans(settle(plan, [], 'skip').shifts)).toEqual(['08:00–20:00', '00:00–08:00'])
})
