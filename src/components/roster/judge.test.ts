import type { KnownTurn } from './judge.ts'
import { describe, expect, it } from 'vitest'
import { NO_HOLIDAYS } from '#domain/restDays.ts'
import { atShanghai, iso } from '#domain/time.ts'
import { judge, needsReason } from './judge.ts'

const span = (from: string, hours: number) => ({
  starts_at: iso(atShanghai('2026-11-23', from)),
  ends_at: iso(atShanghai('2026-11-23', from) + hours * 3_600_000),
})
const turn = (from: string, hours: number): KnownTurn => ({
  ...span(from, hours),
  shift_id: `t${from}`,
  place: '宁和家园',
  state: 'accepted',
  on_post_at: null,
  off_post_at: null,
})
const shift = (from: string, hours: number) => ({ ...span(from, hours), id: 's', missing: 1 })
const person: Parameters<typeof judge>[0] = { report_in: 'confirmed', state: 'active', night: 'yes', skills: ['送药'] }

describe('putting a person on a shift', () => {
  it('is free when nothing stands against it', () => {
    expect(judge(person, shift('08:00', 6), [], [])).toEqual({ blocked: null, soft: [] })
  })
  it('stops where the shift asks for a skill that the person has not', () => {
    const asking = { ...shift('08:00', 6), skill: '急救' }
    expect(judge(person, asking, [], []).blocked).toEqual({ code: 'no_skill', skill: '急救' })
    expect(judge({ ...person, skills: ['急救'] }, asking, [], []).blocked).toBeNull()
  })
  it('names the overlapping turn; touching ones are allowed', () => {
    expect(judge(person, shift('13:00', 3), [turn('08:00', 6)], []).blocked).toMatchObject({
      code: 'overlap',
      turn: { place: '宁和家园' },
    })
    expect(judge(person, shift('14:00', 3), [turn('08:00', 6)], []).blocked).toBeNull()
  })
  it('stops at more than 12 hours without a break, and in any 24', () => {
    expect(judge(person, shift('14:00', 7), [turn('08:00', 6)], []).blocked).toEqual({
      code: 'over_limit',
      limit: 'continuous',
    })
    expect(judge(person, shift('21:00', 7), [turn('08:00', 6)], []).blocked).toEqual({
      code: 'over_limit',
      limit: 'day_hours',
    })
  })
  it('says when the rest is short on either side, or the night was not agreed', () => {
    const short = [{ code: 'resting', limits: ['rest'] }]
    expect(judge(person, shift('20:00', 3), [turn('08:00', 3)], []).soft).toEqual(short)
    expect(judge(person, shift('08:00', 3), [turn('20:00', 3)], []).soft).toEqual(short)
    expect(judge({ ...person, night: 'no' }, shift('23:00', 3), [], []).soft).toEqual([{ code: 'night' }])
  })
  it('says that the person is away then, beside what else is to be known; night alone asks for no reason', () => {
    const away = { ...span('18:00', 4), reason: '看病' }
    const said = judge({ ...person, night: 'no' }, shift('20:00', 3), [turn('08:00', 3)], [away]).soft
    expect(said).toEqual([
      { code: 'away', absence: away }, { code: 'resting', limits: ['rest'] }, { code: 'night' },
    ])
    expect(judge(person, shift('22:00', 2), [], [away]).soft).toEqual([])
    expect(judge(person, shift('20:00', 3), [turn('20:00', 3)], [away])).toMatchObject({ soft: [] })
    expect([needsReason(said), needsReason([{ code: 'night' }]), needsReason([])]).toEqual([true, false, false])
  })
  it('says that the shift lies outside the hours of the person, and asks for a reason', () => {
    const hours = { fits: ['mon.day' as const], ready_until: null, table: NO_HOLIDAYS }
    const said = judge(person, shift('17:00', 3), [], [], hours).soft
    expect([said, needsReason(said)]).toEqual([[{ code: 'off_hours' }], true])
    expect(judge(person, shift('09:00', 3), [], [], hours).soft).toEqual([])
  })
  it('stops for a full shift, the same shift, an unconfirmed or paused person', () => {
    expect(judge(person, { ...shift('08:00', 3), missing: 0 }, [], []).blocked?.code).toBe('full_shift')
    expect(judge(person, { ...shift('08:00', 3), id: 't08:00' }, [turn('08:00', 3)], []).blocked?.code).toBe('already')
    expect(judge({ ...person, report_in: 'requested' }, shift('08:00', 3), [], []).blocked?.code).toBe('requested')
    expect(judge({ ...person, state: 'paused' }, shift('08:00', 3), [], []).blocked?.code).toBe('paused')
  })
})
