import type { NOT_CONTACTED, PlanInput, PlanPerson } from './askables.ts'
import type { Hours } from './availability.ts'
import type { Span } from './span.ts'
import { assert, constantFrom, property, shuffledSubarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orgTree } from './orgTree.ts'
import { countReasons, planCallout } from './plan.ts'
import { DEFAULT_POLICY, withTier } from './policy.ts'
import { NO_HOLIDAYS } from './restDays.ts'
import { spanOf } from './span.ts'
import { UNITS } from './testing/tree.ts'
import { atShanghai, HOUR, iso } from './time.ts'

const now = atShanghai('2026-11-23', '14:30')
const slot = (from: string, h: number) =>
  spanOf(atShanghai('2026-11-23', from), atShanghai('2026-11-23', from) + h * HOUR)
const day = slot('17:00', 3)
const night = slot('20:00', 3)
const person = (id: string, home: string | null, more: Partial<PlanPerson> = {}): PlanPerson => ({
  id,
  home_building_id: home,
  login: 'active',
  report_in: 'confirmed',
  state: 'active',
  night: 'yes',
  kind: 'volunteer',
  skills: [],
  partner_unit_name: null,
  ...more,
})
const turn = (responder_id: string, from: number, h: number, state: 'done' | 'accepted' | 'on_post' | 'withdrawn') => ({
  responder_id,
  starts_at: iso(now + from * HOUR),
  ends_at: iso(now + (from + h) * HOUR),
  state,
  on_post_at: null,
  off_post_at: null,
})
const input = (more: Partial<PlanInput>): PlanInput => ({
  unitIds: ['e1b1', 'e1b2'],
  slots: [day, night],
  capacity: 2,
  people: [],
  turns: [],
  absences: [],
  availability: new Map(),
  offers: [],
  post_kind: 'patrol',
  policy: DEFAULT_POLICY,
  records: {},
  tree: orgTree(UNITS),
  now,
  ...more,
})
const reasons = (more: Partial<PlanInput>) => planCallout(input(more)).not_contacted

describe('call-out preview', () => {
  it('counts places over every slot that is not over', () => {
    expect(planCallout(input({}))).toMatchObject({ places: 8, slots: 2 })
    expect(planCallout(input({ slots: [slot('08:00', 3), day] }))).toMatchObject({ places: 4, slots: 1 })
    expect(planCallout(input({ slots: [] }))).toMatchObject({ places: 0, contacted: [], not_contacted: [] })
  })

  it('asks tier by tier, in it by rest, nearness, turns, id', () => {
    const people = [
      person('z', 'e2b1'),
      person('estate', 'e1b3'),
      person('today', 'e1b1'),
      person('rested', 'e1b2'),
      person('new', 'e1b1'),
      person('a', null),
      person('sent', null, { partner_unit_name: '区税务局' }),
    ]
    const turns = [turn('today', -6, 3, 'done'), turn('rested', -90, 3, 'done'), turn('rested', -400, 3, 'done')]
    const { contacted } = planCallout(input({ people, turns, capacity: 9 }))
    expect(contacted.map(c => [c.responder_id, c.tier])).toEqual([
      ['new', 'building'],
      ['rested', 'building'],
      ['today', 'building'],
      ['estate', 'estate'],
      ['z', 'community'],
      ['a', 'community'],
      ['sent', 'unit'],
    ])
    expect(contacted.map(c => c.org_unit_id)).toEqual(['e1b1', 'e1b2', 'e1b1', 'e1b1', 'e1b1', 'e1b2', 'e1b1'])
    expect(contacted.map(c => c.why)).toEqual([
      { ready: false, near: 0, rest: 7, load: 0 },
      { ready: false, near: 0, rest: 3, load: 2 },
      { ready: false, near: 0, rest: 0, load: 1 },
      { ready: false, near: 1, rest: 7, load: 0 },
      { ready: false, near: 3, rest: 7, load: 0 },
      { ready: false, near: 4, rest: 7, load: 0 },
      { ready: false, near: 4, rest: 7, load: 0 },
    ])
    expect(contacted.every(c => c.slot.starts_at === day.starts_at)).toBe(true)
  })

  it('asks those first who said 今天可以, and nobody outside their hours', () => {
    const hours = { fits: [], ready_until: null, table: NO_HOLIDAYS }
    const ready = { ...hours, fits: null, ready_until: day.ends_at }
    const people = [person('a', 'e1b1'), person('b', 'e1b1'), person('c', 'e1b1')]
    const said = new Map<string, Hours>([['a', hours], ['c', ready]])
    const { contacted, not_contacted } = planCallout(input({ people, slots: [day], availability: said }))
    expect(contacted.map(c => [c.responder_id, c.why.ready])).toEqual([['c', true], ['b', false]])
    expect(not_contacted.map(n => [n.responder_id, n.reason])).toEqual([['a', 'off_hours']])
  })

  it('asks no more than it takes for 0.90; the rest stands by', () => {
    const people = Array.from(
      { length: 40 },
      (_, i) => person(`p${String(i).padStart(2, '0')}`, i < 20 ? 'e1b1' : 'e1b3'),
    )
    const plan = planCallout(input({ people, slots: [day], capacity: 1 }))
    expect(plan.contacted).toHaveLength(12)
    expect(plan.contacted.every(c => c.tier === 'building')).toBe(true)
    expect(plan.standby).toHaveLength(28)
    expect(plan.tiers.slice(0, 2)).toEqual([{ tier: 'building', people: 20, asked: 12, rate: 0.3 }, {
      tier: 'estate',
      people: 20,
      asked: 0,
      rate: 0.3,
    }])
    expect(plan.beyond).toBe(false)
    const sure = planCallout(
      input({ people, slots: [day], capacity: 1, records: { building: { asked: 90, accepted: 92 } } }),
    )
    expect(sure.contacted.length).toBeLessThan(4)
    const everyone = planCallout(
      input({ people, slots: [day], capacity: 1, policy: { ...DEFAULT_POLICY, pace: 'everyone' } }),
    )
    expect(everyone.contacted).toHaveLength(20)
  })

  it('says when the community will not do', () => {
    expect(planCallout(input({ people: [person('p', 'e1b1')] })).beyond).toBe(true)
    expect(
      planCallout(input({ people: [person('p', 'e1b1')], policy: withTier(DEFAULT_POLICY, 'street', false) })).beyond,
    ).toBe(false)
  })

  it('leaves out tiers the coordinator took out, and units over their quota', () => {
    const people = ['a', 'b', 'c'].map(id => person(id, null, { partner_unit_name: '区税务局' }))
    expect(reasons({ people, policy: { ...DEFAULT_POLICY, unit_max: 2 } })).toEqual([{
      responder_id: 'c',
      reason: 'unit_quota',
    }])
    expect(reasons({ people, policy: withTier(DEFAULT_POLICY, 'unit', false) }).map(r => r.reason)).toEqual([
      'out_of_scope',
      'out_of_scope',
      'out_of_scope',
    ])
  })

  it('asks for a second slot that starts soon, other people', () => {
    const soon = [slot('14:00', 2), slot('16:00', 2)]
    const people = [1, 2, 3, 4, 5, 6].map(i => person(`p${i}`, 'e1b1'))
    const { contacted } = planCallout(
      input({ people, slots: soon, records: { building: { asked: 500, accepted: 600 } } }),
    )
    expect(contacted.map(c => c.slot.starts_at)).toEqual([0, 0, 0, 0, 0, 1].map(i => soon[i]!.starts_at))
    expect(new Set(contacted.map(c => c.responder_id)).size).toBe(contacted.length)
  })

  it.each<[string, Partial<PlanPerson>, Partial<PlanInput>]>([
    ['no_login', { login: 'invited' }, {}],
    ['not_confirmed', { report_in: 'requested' }, {}],
    ['paused', { state: 'paused' }, {}],
    ['overlap', {}, { turns: [turn('p', 3, 3, 'accepted')] }],
    ['has_offer', {}, { offers: [{ responder_id: 'p', state: 'sent', expires_at: iso(now + HOUR) }] }],
    ['no_night_consent', { night: 'no' }, { slots: [night] }],
    ['on_duty', {}, { turns: [turn('p', -2, 3, 'on_post')] }],
    ['over_limit', {}, { turns: [turn('p', -8, 10.5, 'accepted')] }],
    ['resting', {}, { turns: [turn('p', -6.5, 3, 'done')], slots: [slot('20:00', 3)] }],
    ['out_of_scope', { kind: 'new_employment' }, { post_kind: 'gate' }],
    ['no_skill', { skills: ['送药'] }, { policy: { ...DEFAULT_POLICY, skill: '急救' } }],
  ])('says why not: %s', (reason, who, more) => {
    expect(reasons({ people: [person('p', 'e1b1', who)], ...more })).toEqual([{ responder_id: 'p', reason }])
  })

  it.each<[string, Partial<PlanPerson>, Partial<PlanInput>]>([
    ['a touching shift', {}, {
      turns: [{ ...turn('p', 0, 0, 'accepted'), starts_at: day.ends_at, ends_at: night.ends_at }],
    }],
    ['a withdrawn one', {}, { turns: [turn('p', 3, 3, 'withdrawn')] }],
    ['an offer past its time', {}, { offers: [{ responder_id: 'p', state: 'sent', expires_at: iso(now) }] }],
    ['no night consent by day', { night: 'no' }, {}],
    ['more skills than one', { skills: ['送药', '急救'] }, { policy: { ...DEFAULT_POLICY, skill: '急救' } }],
  ])(
    'asks in spite of %s',
    (_name, who, more) => expect(reasons({ people: [person('p', 'e1b1', who)], ...more })).toEqual([]),
  )

  it('shows slots with too few people', () => {
    const people = [1, 2, 3, 4].map(n => person(`p${n}`, 'e1b1', n === 4 ? { night: 'no' } : {}))
    expect(planCallout(input({ people })).gaps).toEqual([{ slot: night, places: 4, candidates: 3, missing: 1 }])
  })

  it('gives everybody exactly one answer, whatever the order of the people', () => {
    const base = Array.from(
      { length: 12 },
      (_, i) =>
        person(`p${i}`, ['e1b1', 'e1b3', 'e2b2', null][i % 4]!, {
          login: i % 5 === 0 ? 'none' : 'active',
          night: i % 2 ? 'yes' : 'no',
        }),
    )
    const turns = base.flatMap((p, i) =>
      i % 3 === 0
        ? [
            turn(p.id, -10 - i, 3, 'done'),
          ]
        : [])
    const expected = (slots: readonly Span[]) => planCallout(input({ people: base, turns, slots }))
    assert(
      property(
        shuffledSubarray(base, { minLength: 12 }),
        constantFrom([day], [night], [day, night]),
        (people, slots: readonly Span[]) => {
          const plan = planCallout(input({ people, turns, slots }))
          expect(plan).toEqual(expected(slots))
          const answered = [...plan.contacted, ...plan.standby, ...plan.not_contacted].map(x => x.responder_id)
          expect(answered.sort()).toEqual(base.map(p => p.id).sort())
        },
      ),
    )
  })

  it('counts reasons, most first', () => {
    const not_contacted = ['overlap', 'paused', 'overlap'].map((reason, i) => ({
      responder_id: String(i),
      reason: reason as typeof NOT_CONTACTED[number],
    }))
    expect(countReasons({ not_contacted })).toEqual([{ reason: 'overlap', n: 2 }, { reason: 'paused', n: 1 }])
  })
})
