import type { Span } from '#domain/span.ts'
import type { AutoAsk, Fill } from './autoAsk.ts'
import loadHighs from 'highs'
import { expect, it } from 'vitest'
import { atShanghai, DAY, dayKey, HOUR, iso } from '#domain/time.ts'
import { solve } from '#solver/solve.ts'
import { autoRoster } from './autoRoster.ts'
import { owedMinutes } from './quotas.ts'
import { NOTHING_SERVED } from './served.ts'

const FIRST = atShanghai('2026-12-07') // a Monday
const highs = await loadHighs()
const fill: Fill = (problem, _, tell) =>
  solve(problem, { seed: 1, budget: { steps: 60 } }, { highs, now: () => 0, rest: async () => {} }, tell)
const span = (day: number, from: number, hours: number): Span =>
  ({ starts_at: iso(FIRST + day * DAY + from * HOUR), ends_at: iso(FIRST + day * DAY + (from + hours) * HOUR) })
const open = (day: number, from = 8) =>
  ({ id: `s${day}-${from}`, post_id: 'p0', post_kind: null, missing: 1, level: 0, least: 0, ...span(day, from, 6) })
const person = (id: string, unit: string | null, away: Span[] = []) =>
  ({ id, name: id, kind: 'volunteer' as const, skills: [], night: true, away, isOff: () => false, unit, wish: null })
const askOf = (days: number, part: Partial<AutoAsk>): AutoAsk => ({
  days: Array.from({ length: days }, (_, i) => dayKey(FIRST + i * DAY)), shifts: [], turns: [], people: [],
  left: [], known_since: '2026-11-01',
  calendar: { rest: () => false, holiday: () => false }, ...part,
})
const PEOPLE = [person('f1', '财政局'), person('f2', '财政局'), person('a', null), person('b', null), person('c', null)]
/** Turns of the people of 财政局. */
const turnsOf = (seats: readonly { responder_id: string }[]): number =>
  seats.filter(s => s.responder_id.startsWith('f')).length

it('has a unit serve its quota before turns are even, and says so', async () => {
  const shifts = Array.from({ length: 5 }, (_, day) => open(day))
  const even = (await autoRoster(askOf(7, { shifts, people: PEOPLE }), fill))!
  expect(turnsOf(even.seats)).toBe(2)
  const quotas = [{ unit: '财政局', least: 4 }]
  const met = (await autoRoster(askOf(7, { shifts, people: PEOPLE, quotas }), fill))!
  expect([turnsOf(met.seats), met.gaps, met.short]).toEqual([4, [], []])
  const theirs = met.seats.find(s => s.responder_id === 'f1')!
  const only = (await autoRoster(askOf(7, { shifts: [open(0)], people: PEOPLE.slice(1), quotas }), fill))!
  expect(only.reason(only.seats[0]!)).toEqual({ code: 'quota', unit: '财政局' })
  expect(met.reason(theirs).code).not.toBe('only')
})

it('never leaves a place empty for a quota, and names a unit that stays below', async () => {
  const away = [person('f1', '财政局', [span(0, 0, 24 * 8)]), person('f2', '财政局', [span(0, 0, 24 * 8)])]
  const shifts = Array.from({ length: 5 }, (_, day) => open(day))
  const quotas = [{ unit: '财政局', least: 3 }, { unit: '税务局', least: 1 }]
  const result = (await autoRoster(askOf(7, { shifts, people: [...away, person('a', null)], quotas }), fill))!
  expect([result.gaps, result.seats.length]).toEqual([[], 5])
  expect(result.short).toEqual([{ unit: '财政局', least: 3, got: 0 }, { unit: '税务局', least: 1, got: 0 }])
})

it('counts turns that are settled, and spreads the rest over the weeks', async () => {
  const days = Array.from({ length: 14 }, (_, day) => day)
  const turns = [0, 1].map(day => ({ shift_id: `t${day}`, post_id: 'p0', responder_id: 'f1', ...span(day, 18, 2) }))
  const shifts = days.map(day => open(day))
  const quotas = [{ unit: '财政局', least: 10 }]
  const result = (await autoRoster(askOf(14, { shifts, turns, people: PEOPLE, quotas }), fill))!
  expect(result.short).toEqual([])
  const inFirst = turnsOf(result.seats.filter(s => Number(/^s(\d+)/.exec(s.shift_id)![1]) < 7))
  expect([inFirst >= 3, turnsOf(result.seats) - inFirst >= 3, turnsOf(result.seats) >= 8]).toEqual([true, true, true])
})

it('asks one more of those who served least, and nothing of who is away all the time', () => {
  const servers = [['x', 9, []], ['y', 3, []], ['z', 0, [span(-1, 0, 24 * 9)]]] as const
  const { of, turn } = owedMinutes({
    days: askOf(7, {}).days, shifts: [open(0), open(1)], quotas: [{ unit: '财政局', least: 3 }],
    servers: servers.map(([id, hours, away]) =>
      ({ ...person(id, '财政局', [...away]), served: { ...NOTHING_SERVED, hours } })),
  })
  expect(turn).toBe(360)
  expect(of).toEqual([360, 720, 0])
})
