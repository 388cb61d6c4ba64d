import type { StandingShift } from '#domain/postCover.ts'
import type { Recurrence } from '#domain/rows.ts'
import type { RecurrenceInput } from './recurrencePlan.ts'
import { describe, expect, it } from 'vitest'
import { atShanghai, hhmm, HOUR, iso } from '#domain/time.ts'
import { recurrencePlan } from './recurrencePlan.ts'

const [FRIDAY, SATURDAY] = ['2026-10-09', '2026-10-10']
const repeat = (days: Recurrence['days'], more: Partial<Recurrence> = {}): Recurrence => ({
  id: days, community_id: 'c', posts: ['gate'], days, pattern: '2x12', starts: '08:00', capacity: 2, ...more,
})
const shift = (id: string, day: string, from: string, hours: number, state: StandingShift['state'] = 'draft') => {
  const start = atShanghai(day, from)
  return { id, post_id: 'gate', state, starts_at: iso(start), ends_at: iso(start + hours * HOUR) }
}
const plan = (input: Partial<RecurrenceInput>) => recurrencePlan({
  recurrences: [], posts: [{ id: 'gate', night_minimum: 2 }], days: [FRIDAY, SATURDAY], hours: undefined,
  now: atShanghai(FRIDAY), shifts: [], isRest: day => day === SATURDAY, ...input,
})
const made = (input: Partial<RecurrenceInput>): string[] =>
  plan(input).shifts.map(s => `${s.starts_at.slice(8, 10) === '09' ? 'Fri' : 'Sat'} ${hhmm(s.starts_at)}`)

describe('duty that repeats', () => {
  it('makes shifts on the days it is for', () => {
    expect(made({ recurrences: [repeat('work')] })).toEqual(['Fri 08:00', 'Fri 20:00'])
    expect(made({ recurrences: [repeat('rest', { pattern: '3x8' })] })).toHaveLength(3)
    expect(made({ recurrences: [repeat('all')] })).toHaveLength(4)
  })

  it('what is for certain days goes before what is for all', () => {
    const both = [repeat('all'), repeat('rest', { pattern: '3x8' })]
    expect(plan({ recurrences: both }).shifts.map(s => Date.parse(s.ends_at) - Date.parse(s.starts_at)))
      .toEqual([8, 8, 8, 12, 12].map(h => h * HOUR))
  })

  it('makes nothing twice', () => {
    const day = shift('a', FRIDAY, '08:00', 12)
    expect(made({ recurrences: [repeat('work')], shifts: [day] })).toEqual(['Fri 20:00'])
    expect(plan({ recurrences: [repeat('work')], shifts: [day] }).drop).toEqual([])
  })

  it('when a Saturday becomes a working day, its drafts of rest go and those of work come', () => {
    const recurrences = [repeat('work', { pattern: '3x8' }), repeat('rest')]
    const shifts = [shift('a', SATURDAY, '08:00', 12), shift('b', SATURDAY, '20:00', 12)]
    const days = [SATURDAY]
    expect(plan({ recurrences, shifts, days })).toMatchObject({ drop: [], shifts: [] })
    const now = plan({ recurrences, shifts, days, isRest: () => false })
    expect(now.drop).toEqual(['a', 'b'])
    expect(now.shifts).toHaveLength(3)
  })

  it('names published shifts that do not fit, and plans around them', () => {
    const shifts = [shift('a', SATURDAY, '08:00', 12, 'open')]
    const now = plan({ recurrences: [repeat('work', { pattern: '3x8' }), repeat('rest')], shifts, days: [SATURDAY],
      isRest: () => false })
    expect(now.live.map(s => s.id)).toEqual(['a'])
    expect(now.drop).toEqual([])
    expect(now.shifts).toHaveLength(1)
  })

  it('leaves alone what a coordinator made otherwise, what has begun, and posts that are gone', () => {
    const own = shift('own', SATURDAY, '09:00', 4)
    const kept = plan({ recurrences: [repeat('work')], shifts: [own], days: [SATURDAY] })
    expect(kept).toMatchObject({ drop: [], live: [] })
    const begun = shift('begun', SATURDAY, '08:00', 12)
    const later = { shifts: [begun], days: [SATURDAY], now: atShanghai(SATURDAY, '09:00') }
    expect(plan({ recurrences: [repeat('work')], ...later }).drop).toEqual([])
    expect(made({ recurrences: [repeat('all', { posts: ['gone'] })] })).toEqual([])
  })
})
