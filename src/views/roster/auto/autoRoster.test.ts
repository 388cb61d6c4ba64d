import type { Span } from '#domain/span.ts'
import type { Turn } from '#queries/autoRows.ts'
import type { AutoAsk, Fill } from './autoAsk.ts'
import type { Wished } from './wished.ts'
import process from 'node:process'
import loadHighs from 'highs'
import { describe, expect, it } from 'vitest'
import { fatigueOf } from '#domain/fatigue.ts'
import { isNight, leastPeople } from '#domain/pattern.ts'
import { overlaps } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR, iso, shanghai } from '#domain/time.ts'
import { networkOf } from '#solver/network.ts'
import { randomOf } from '#solver/random.ts'
import { solve } from '#solver/solve.ts'
import { waysOf } from '#solver/ways.ts'
import { autoRoster } from './autoRoster.ts'

const FIRST = atShanghai('2026-12-07') // a Monday
/** How many weeks of chance are made; `npm run proof` makes a thousand. */
const WEEKS = Number(process.env.AUTO_RUNS ?? 100)
const highs = await loadHighs()
const rest = async (): Promise<void> => {}
/** Fills in this process with so many steps. */
const fill = (steps: number): Fill => (problem, _, tell) =>
  solve(problem, { seed: 1, budget: { steps } }, { highs, now: () => 0, rest }, tell)

const dayAt = (day: number): string => dayKey(FIRST + day * DAY)
const span = (day: number, from: number, hours: number) =>
  ({ starts_at: iso(FIRST + day * DAY + from * HOUR), ends_at: iso(FIRST + day * DAY + (from + hours) * HOUR) })
const turn = (responder_id: string, day: number, from: number, hours: number, shift_id = `t${day}-${from}`): Turn =>
  ({ shift_id, post_id: 'p0', responder_id, ...span(day, from, hours) })
const open = (day: number, from: number, hours: number, post = 'p0', missing = 1) => {
  const at = span(day, from, hours)
  const place = { id: `${post}-${day}-${from}`, post_id: post, post_kind: 'patrol' as const }
  return { ...place, missing, level: 0, least: leastPeople(at), ...at }
}
const calendar = { rest: (day: string) => shanghai(atShanghai(day)).weekday > 5, holiday: () => false }
const person = (
  id: string, night = true, away: Span[] = [], wish: Wished = null, unit: string | null = null, off: Span[] = [],
) => {
  const isOff = (other: Span): boolean => off.some(one => overlaps(one, other))
  return { id, name: id, kind: 'volunteer' as const, skills: [], night, away, wish, unit, isOff }
}
const askOf = (part: Partial<AutoAsk>): AutoAsk => ({
  days: Array.from({ length: 7 }, (_, i) => dayAt(i)), shifts: [], turns: [], people: [], left: [],
  known_since: dayAt(-60), calendar, ...part,
})

describe('any week', () => {
  /** A random week: two to four shifts a day at some posts, people with turns before, after and inside. */
  function weekOf(random: () => number): AutoAsk {
    const whole = (most: number): number => Math.floor(random() * (most + 1))
    const hours = [6, 8, 12][whole(2)]!
    const starts = Array.from({ length: 24 / hours }, (_, i) => i * hours)
    const people = Array.from({ length: 3 + whole(9) }, (_, i) =>
      person(`r${i}`, random() < 0.7, random() < 0.2 ? [span(whole(6), 0, 24)] : []))
    const shifts = Array.from({ length: 7 }, (_, day) => starts.flatMap(from =>
      ['p0', 'p1'].filter(() => random() < 0.7).map(post => open(day, from, hours, post, 1 + whole(1))))).flat()
    const turns = people.flatMap(({ id }) => {
      const days = [-3, -2, -1, 2, 7, 8].filter(() => random() < 0.25)
      return days.map(day => turn(id, day, starts[whole(starts.length - 1)]!, hours))
    })
    return askOf({ shifts, turns, people })
  }

  it('breaks no rule of rest, sends nobody on leave or at night who did not agree, overfills nothing', async () => {
    const random = randomOf(11)
    let seats = 0
    for (let n = 0; n < WEEKS; n++) {
      const ask = weekOf(random)
      const result = (await autoRoster(ask, fill(12)))!
      const shifts = new Map(ask.shifts.map(s => [s.id, s]))
      for (const { id, night, away, isOff } of ask.people) {
        const mine = result.seats.filter(s => s.responder_id === id).map(s => shifts.get(s.shift_id)!)
        const settled = ask.turns.filter(t => t.responder_id === id)
        for (const shift of mine) {
          const others = [...settled, ...mine.filter(other => other !== shift)]
          const turns = others.map(o => ({ ...o, state: 'accepted' as const, on_post_at: null, off_post_at: null }))
          const { hard, soft } = fatigueOf(turns, shift)
          expect({ hard, soft }, `week ${n}, ${id} on ${shift.id}`).toEqual({ hard: null, soft: [] })
          expect(isOff(shift) || away.some(span => overlaps(span, shift))).toBe(false)
          expect(night || !isNight(shift)).toBe(true)
        }
        seats += mine.length
      }
      for (const shift of ask.shifts) {
        const here = result.seats.filter(s => s.shift_id === shift.id)
        expect(here.length).toBeLessThanOrEqual(shift.missing)
        expect(new Set(here.map(s => s.responder_id)).size).toBe(here.length)
      }
      for (const at of new Set(ask.shifts.filter(s => s.least > 0).map(s => s.starts_at))) {
        const posts = ask.shifts.filter(s => s.starts_at === at && s.missing >= s.least)
        const seated = posts.map(s => result.seats.filter(seat => seat.shift_id === s.id).length)
        expect(seated.filter(n => n === 1).length, `week ${n}, alone at ${at}`).toBeLessThanOrEqual(1)
      }
      const missing = result.gaps.reduce((sum, g) => sum + g.missing, 0)
      expect(result.seats.length + missing).toBe(ask.shifts.reduce((sum, s) => sum + s.missing, 0))
      for (const gap of result.gaps) expect(gap.why?.length).toBeGreaterThan(0)
    }
    expect(seats).toBeGreaterThan(5 * WEEKS)
  })
})

it('gives the next turn to those who served least, and says so', async () => {
  const turns = [turn('busy', -2, 8, 6), turn('busy', -4, 8, 6), turn('idle', -20, 8, 6)]
  const result = (await autoRoster(askOf({
    shifts: [open(0, 8, 6)], turns, people: [person('busy'), person('idle')],
  }), fill(20)))!
  expect(result.seats.map(s => s.responder_id)).toEqual(['idle'])
  expect(result.reason(result.seats[0]!)).toEqual({ code: 'longest', days: 20 })
  expect(result.proven).toBe(true)
})

it('evens out nights and free days each by itself', async () => {
  const nights = Array.from({ length: 4 }, (_, day) => open(day, 22, 8))
  const days = [open(5, 8, 8), open(6, 8, 8)]
  const people = [person('a'), person('b')]
  const result = (await autoRoster(askOf({ shifts: [...nights, ...days], people }), fill(40)))!
  const countOf = (id: string, night: boolean): number => result.seats.filter(s =>
    s.responder_id === id && s.shift_id.endsWith('-22') === night).length
  expect([countOf('a', true), countOf('b', true), countOf('a', false), countOf('b', false)]).toEqual([2, 2, 1, 1])
})

it('gives each post its first person before any a second, and sends people where they have been', async () => {
  const shifts = [open(0, 8, 6, 'p1', 2), open(0, 8, 6, 'p2', 2)]
  const turns = [{ ...turn('a', -5, 8, 6), post_id: 'p2' }]
  const result = (await autoRoster(askOf({ shifts, turns, people: [person('a'), person('b')] }), fill(20)))!
  const at = Object.fromEntries(result.seats.map(s => [s.responder_id, s.shift_id]))
  expect(at).toEqual({ a: 'p2-0-8', b: 'p1-0-8' })
})

it('says why a place stays empty', async () => {
  const people = [
    person('day', false), person('away', true, [span(2, 0, 24)]), person('tired'),
    person('off', true, [], null, null, [span(2, 0, 24)]),
  ]
  const turns = [turn('tired', 1, 8, 6)]
  const result = (await autoRoster(askOf({ shifts: [open(1, 22, 8)], turns, people }), fill(20)))!
  expect(result.gaps).toHaveLength(1)
  const why = Object.fromEntries(result.gaps[0]!.why!.map(w => [w.why, w.people.length]))
  expect(why).toEqual({ limit: 1, away: 2, busy: 1 })
})

it('goes on from week to week, and is the same again', async () => {
  const shifts = Array.from({ length: 14 }, (_, day) => open(day, 8, 8))
  const days = Array.from({ length: 14 }, (_, i) => dayAt(i))
  const ask = askOf({ days, shifts, people: ['a', 'b', 'c'].map(id => person(id)) })
  const [one, two] = [(await autoRoster(ask, fill(40)))!, (await autoRoster(ask, fill(40)))!]
  expect(one.seats).toEqual(two.seats)
  expect(one.seats).toHaveLength(14)
  const turns = ['a', 'b', 'c'].map(id => one.seats.filter(s => s.responder_id === id).length)
  expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1)
})

it('leaves somebody alone whose settled turns break a rule already', async () => {
  const turns = Array.from({ length: 7 }, (_, day) => turn('named', day, 8, 6))
  const result = (await autoRoster(askOf({ shifts: [open(3, 20, 2)], turns, people: [person('named')] }), fill(20)))!
  expect(result.seats).toEqual([])
  expect(result.gaps).toHaveLength(1)
  expect(result.left).toEqual([{ id: 'named', name: 'named', why: 'run_max', day: dayAt(0) }])
})

it('puts couriers on posts that they may hold, and on no gate (G2)', async () => {
  const gate = { ...open(0, 8, 6, 'gate', 2), post_kind: 'gate' as const }
  const people = [person('a'), ...['c', 'd'].map(id => ({ ...person(id), kind: 'new_employment' as const }))]
  const result = (await autoRoster(askOf({ shifts: [gate, open(0, 8, 6, 'walk', 2)], people }), fill(20)))!
  const at = Object.fromEntries(result.seats.map(s => [s.responder_id, s.shift_id]))
  expect(at).toEqual({ a: 'gate-0-8', c: 'walk-0-8', d: 'walk-0-8' })
  expect(result.gaps.map(({ shift, missing, why }) => [shift.id, missing, why])).toEqual([
    ['gate-0-8', 1, expect.arrayContaining([{ why: 'busy', people: [0, 1, 2] }])],
  ])
  const alone = (await autoRoster(askOf({ shifts: [gate], people: people.slice(1) }), fill(20)))!
  expect([alone.seats, alone.gaps[0]!.why]).toEqual([[], [{ why: 'gate', people: [0, 1] }]])
})

it('puts people only where they can what the post asks for', async () => {
  const aid = { ...open(0, 8, 6, 'aid', 2), skill: '急救' }
  const people = [{ ...person('a'), skills: ['急救'] }, person('b'), person('c')]
  const result = (await autoRoster(askOf({ shifts: [aid, open(0, 8, 6, 'walk', 2)], people }), fill(20)))!
  const at = Object.fromEntries(result.seats.map(s => [s.responder_id, s.shift_id]))
  expect(at).toEqual({ a: 'aid-0-8', b: 'walk-0-8', c: 'walk-0-8' })
  const alone = (await autoRoster(askOf({ shifts: [aid], people: people.slice(1) }), fill(20)))!
  expect([alone.seats, alone.gaps[0]!.why]).toEqual([[], [{ why: 'skill', people: [0, 1] }]])
})

it('spreads people by day over all posts, also where couriers may not hold some of them', async () => {
  const gate = { ...open(0, 8, 6, 'gate', 2), post_kind: 'gate' as const }
  const people = [person('a'), person('b'), { ...person('c'), kind: 'new_employment' as const, away: [span(0, 0, 24)] }]
  const result = (await autoRoster(askOf({ shifts: [gate, open(0, 8, 6, 'walk', 2)], people }), fill(20)))!
  expect(result.seats.map(s => s.shift_id).sort()).toEqual(['gate-0-8', 'walk-0-8'])
})

it('says that the time ended a search', async () => {
  const shifts = Array.from({ length: 7 }, (_, day) => open(day, 8, 8))
  let now = 0
  const late: Fill = (problem, _, tell) => solve(
    problem, { seed: 1, budget: { steps: 100, ms: 1 } }, { highs, now: () => now++, rest }, tell,
  )
  const ask = askOf({ shifts, people: ['a', 'b', 'c'].map(id => person(id)) })
  const [stopped, whole] = [(await autoRoster(ask, late))!, (await autoRoster(ask, fill(100)))!]
  expect([stopped.late, stopped.proven, whole.late]).toEqual([true, false, false])
})

describe('when it is stopped', () => {
  const days = Array.from({ length: 14 }, (_, i) => dayAt(i))
  const shifts = days.map((_, day) => open(day, 8, 8))
  const people = ['a', 'b', 'c', 'd'].map(id => person(id))

  it('says that the weeks it did not reach are empty', async () => {
    let asked = 0
    const once: Fill = async (...of) => asked++ === 0 ? fill(20)(...of) : null
    const result = (await autoRoster(askOf({ days, shifts, people }), once))!
    expect(result.seats).toHaveLength(7)
    expect(result.gaps.map(g => [g.shift.id, g.missing, g.why])).toEqual(shifts.slice(7).map(s => [s.id, 1, null]))
    expect(result.proven).toBe(false)
  })

  it('keeps what it had while it made a roster again for rest, without who is not rested', async () => {
    let asked = 0
    // the first roster knows no rule of rest between two days, as if that were more than it can tell
    const once: Fill = async (problem, ...of) => asked++ > 0
      ? null
      : fill(20)({ ...problem, duties: problem.duties.map(duty => ({ ...duty, notNext: [] })) }, ...of)
    const late = [open(0, 14, 8), open(1, 6, 6)]
    const result = (await autoRoster(askOf({ shifts: late, people: [person('a')] }), once))!
    expect(asked).toBe(2)
    expect(result.seats.map(s => s.shift_id)).toEqual([late[0]!.id])
    expect(result.gaps.map(g => g.shift.id)).toEqual([late[1]!.id])
  })
})

it('is not slowed by turns of odd hours, which nobody is put on again', async () => {
  const shifts = Array.from({ length: 7 }, (_, day) => [8, 14, 20].map(from => open(day, from, 6, 'p0', 2))).flat()
  const people = Array.from({ length: 12 }, (_, i) => person(`r${i}`))
  const odd = (i: number): Turn => turn(`r${i}`, i % 2 === 0 ? -2 - i % 5 : i % 7, 9 + i * 7 / 60, 3 + i * 11 / 60)
  const turns = Array.from({ length: 12 }, (_, i) => odd(i))
  const made: number[] = []
  await autoRoster(askOf({ shifts, people, turns }), (problem, ...rest) => {
    const nodes = problem.people.map(p => networkOf(waysOf(problem, p)).nodes)
    made.push(Math.max(...nodes))
    return fill(4)(problem, ...rest)
  })
  expect(Math.max(...made)).toBeLessThan(4000)
})

it('counts the days without duty from the last turn of the roster itself', async () => {
  // two days lie between the last turn before and the first window's day, and two from day 0 to the chosen turn
  const turns = [...[-3, 0].map(day => turn('one', day, 8, 6)), ...[-4, -2, 1].map(day => turn('two', day, 8, 6))]
  const result = (await autoRoster(askOf({
    shifts: [open(2, 8, 6)], turns, people: [person('one'), person('two')],
  }), fill(20)))!
  expect(result.seats.map(s => s.responder_id)).toEqual(['one'])
  expect(result.reason(result.seats[0]!)).toEqual({ code: 'longest', days: 2 })
})

describe('wishes', () => {
  const fewer: Wished = { turns: 'fewer', nights: 'yes' }
  const noNights: Wished = { turns: 'as_usual', nights: 'no' }

  it('give half a share, or half as much again, also after weeks in which they did', async () => {
    const shifts = Array.from({ length: 7 }, (_, day) => [6, 14].map(from => open(day, from, 8))).flat()
    const people = [
      person('less', true, [], fewer), person('a'), person('b'),
      person('more', true, [], { turns: 'more', nights: 'yes' }),
    ]
    const [once, twice] = [{ less: 1, a: 2, b: 2, more: 3 }, { less: 2, a: 4, b: 4, more: 6 }]
    const before = Object.entries(once).flatMap(([id, n]) =>
      Array.from({ length: n }, (_, i) => turn(id, -20 - i, 8, 8)))
    for (const turns of [[], before]) {
      const result = (await autoRoster(askOf({ shifts, people, turns }), fill(60)))!
      const counts = people.map(({ id }) => result.seats.filter(s => s.responder_id === id).length)
      expect(result.gaps).toEqual([])
      for (const [i, { id }] of people.entries())
        expect(Math.abs(counts[i]! - twice[id as keyof typeof twice]), `${id}: ${counts}`).toBeLessThanOrEqual(1)
      expect(counts[0]).toBeLessThan(counts[3]!)
    }
  })

  it('go before an even share of nights, and after the places', async () => {
    const nights = [0, 1, 3, 4].map(day => open(day, 22, 8))
    const people = [person('rather', true, [], noNights), person('any')]
    const result = (await autoRoster(askOf({ shifts: nights, people }), fill(40)))!
    expect(result.gaps).toEqual([])
    expect(result.seats.map(s => s.responder_id)).toEqual(['any', 'any', 'any', 'any'])
    expect(result.reason(result.seats[0]!)).toEqual({ code: 'others_wish' })
    const alone = (await autoRoster(askOf({ shifts: nights, people: people.slice(0, 1) }), fill(40)))!
    expect(alone.gaps).toEqual([])
    expect(alone.reason(alone.seats[0]!)).toEqual({ code: 'only' })
  })

  it('name who asked for more', async () => {
    const people = [person('more', true, [], { turns: 'more', nights: 'yes' }), person('any')]
    const result = (await autoRoster(askOf({ shifts: [open(0, 8, 6)], people }), fill(20)))!
    expect(result.seats.map(s => s.responder_id)).toEqual(['more'])
    expect(result.reason(result.seats[0]!)).toEqual({ code: 'wishes_more' })
  })
})
