import type { PlanPerson } from './askables.ts'
import type { Hours } from './availability.ts'
import type { ReadinessInput } from './readiness.ts'
import { describe, expect, it } from 'vitest'
import { orgTree } from './orgTree.ts'
import { readiness, readySlots } from './readiness.ts'
import { NO_HOLIDAYS } from './restDays.ts'
import { spanOf } from './span.ts'
import { UNITS } from './testing/tree.ts'
import { atShanghai, hhmm, HOUR, iso } from './time.ts'

const NOW = atShanghai('2026-11-23', '14:30')
const DAY = spanOf(NOW, NOW + 3 * HOUR)
const NIGHT = spanOf(atShanghai('2026-11-23', '22:00'), atShanghai('2026-11-24', '06:00'))
const person = (id: string, home: string | null, more: Partial<PlanPerson> = {}): PlanPerson => ({
  id, home_building_id: home, login: 'active', report_in: 'confirmed', state: 'active', night: 'yes', kind: 'volunteer',
  skills: [], partner_unit_name: null, ...more,
})
const crowd = (n: number, home: string | null, more: Partial<PlanPerson> = {}): PlanPerson[] =>
  Array.from({ length: n }, (_, i) => person(`${home}${i}`, home, more))
const ask = (people: PlanPerson[], more: Partial<ReadinessInput> = {}) => readiness({
  slot: DAY, estates: [{ id: 'e1', buildings: ['e1b1', 'e1b2'] }], people, turns: [], absences: [],
  availability: new Map(), offers: [], records: {}, tree: orgTree(UNITS), skill: null, now: NOW, ...more,
})

describe('readiness', () => {
  it('is there when enough people will say yes, with the chance a wave is sized for', () => {
    expect(ask(crowd(24, 'e1b1')).estates).toMatchObject([
      { estate: 'e1', need: 4, near: 24, others: 0, expected: 7, ready: true },
    ])
    expect(ask(crowd(12, 'e1b1')).estates[0]).toMatchObject({ expected: 3, ready: false })
    expect(ask([]).estates[0]).toMatchObject({ expected: 0, ready: false })
  })

  it('counts people of other estates as others, by the rate of their tier', () => {
    const records = { community: { asked: 90, accepted: 7 } }
    const [e1] = ask([...crowd(10, 'e1b1'), ...crowd(20, null)], { records }).estates
    expect(e1).toMatchObject({ near: 10, others: 20, expected: 5 })
  })

  it('says for each building whether a call-out there alone could be filled, its own people by their rate', () => {
    const records = { building: { asked: 0, accepted: 10 }, community: { asked: 90, accepted: 0 } }
    const people = [...crowd(3, 'e1b1'), ...crowd(4, 'e1b2', { night: 'no' })]
    const [day, night] = [DAY, NIGHT].map(slot => ask(people, { slot, records }).estates[0]!.buildings)
    expect(day).toEqual([
      { building: 'e1b1', own: 3, need: 2, expected: 4, ready: true },
      { building: 'e1b2', own: 4, need: 2, expected: 4, ready: true },
    ])
    expect(night).toEqual([
      { building: 'e1b1', own: 3, need: 2, expected: 2, ready: true },
      { building: 'e1b2', own: 0, need: 2, expected: 0, ready: false },
    ])
  })

  it('counts people of buildings that stand in no estate, too', () => {
    const units = UNITS.map(u => u.parent_id === 'e1' ? { ...u, parent_id: 'c' } : u)
    const estates = [{ id: 'c', buildings: ['e1b1', 'e1b2'] }]
    expect(ask([...crowd(5, 'e1b1'), ...crowd(2, 'e2b1')], { tree: orgTree(units), estates }).estates).toMatchObject([
      { near: 5, others: 2, expected: 2, buildings: [{ own: 5 }, { own: 0 }] },
    ])
  })

  it('counts nobody whom the form of a call-out, as it begins, would not ask', () => {
    const { free, reasons } = ask([...crowd(3, 'e1b1', { kind: 'new_employment' }), person('fit', 'e1b1')])
    expect([free, reasons]).toEqual([1, [{ reason: 'out_of_scope', n: 3 }]])
  })

  it('says why others cannot be asked, the commonest reason first', () => {
    const people = [
      ...crowd(3, 'e1b1', { night: 'no' }), person('new', 'e1b1', { login: 'none' }), person('fit', 'e1b1'),
    ]
    expect(ask(people, { slot: NIGHT })).toMatchObject({
      free: 1, reasons: [{ reason: 'no_night_consent', n: 3 }, { reason: 'no_login', n: 1 }],
    })
    expect(ask(people)).toMatchObject({ free: 4, reasons: [{ reason: 'no_login', n: 1 }] })
  })

  it('knows who is away, on duty or tired, as a call-out does', () => {
    const turn = {
      responder_id: 'busy', starts_at: iso(NOW - HOUR), ends_at: iso(NOW + HOUR), state: 'accepted' as const,
      on_post_at: null, off_post_at: null,
    }
    const absences = [{ responder_id: 'gone', ...DAY }]
    const { reasons } = ask([person('busy', 'e1b1'), person('gone', 'e1b1')], { turns: [turn], absences })
    expect(reasons).toEqual([{ reason: 'overlap', n: 1 }, { reason: 'away', n: 1 }])
  })

  it('counts only those who can what is looked for', () => {
    const people = [...crowd(3, 'e1b1', { skills: ['送药'] }), ...crowd(2, 'e1b2', { skills: ['急救', '送药'] })]
    const { free, reasons, estates } = ask(people, { skill: '急救' })
    expect([free, reasons]).toEqual([2, [{ reason: 'no_skill', n: 3 }]])
    expect(estates[0]!.buildings.map(b => b.own)).toEqual([0, 2])
    expect(ask(people).free).toBe(5)
  })

  it('counts nobody outside their hours, unless they said 今天可以', () => {
    const hours = { fits: [], ready_until: null, table: NO_HOLIDAYS }
    const said = new Map<string, Hours>([['off', hours], ['ready', { ...hours, ready_until: DAY.ends_at }]])
    const { free, reasons } = ask([person('off', 'e1b1'), person('ready', 'e1b1')], { availability: said })
    expect([free, reasons]).toEqual([1, [{ reason: 'off_hours', n: 1 }]])
  })
})

it.each([
  ['14:30', '22:00–06:00'], ['21:59', '22:00–06:00'], ['23:10', '23:10–06:00'], ['00:00', '00:00–06:00'],
  ['03:59', '03:59–06:00'],
  ['04:00', '22:00–06:00'],
])('at %s the night is %s', (clock, night) => {
  const { night: span } = readySlots(atShanghai('2026-11-23', clock))
  expect(`${hhmm(span.starts_at)}–${hhmm(span.ends_at)}`).toBe(night)
})
