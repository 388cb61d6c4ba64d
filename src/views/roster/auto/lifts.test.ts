import type { Span } from '#domain/span.ts'
import type { Roster } from '#solver/problem.ts'
import type { AutoAsk, Fill } from './autoAsk.ts'
import type { Lifts } from './lifts.ts'
import loadHighs from 'highs'
import { describe, expect, it } from 'vitest'
import { leastPeople } from '#domain/pattern.ts'
import { overlaps, spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR } from '#domain/time.ts'
import { breaches } from '#solver/judge.ts'
import { solve } from '#solver/solve.ts'
import { autoRoster, emptyPlaces } from './autoRoster.ts'
import { liftsOf } from './lifts.ts'

const FIRST = atShanghai('2026-12-07') // a Monday
const highs = await loadHighs()
const fill = (steps: number): Fill => (problem, _, tell, warmStart) => {
  const options = { seed: 1, budget: { steps }, ...warmStart && { warmStart } }
  return solve(problem, options, { highs, now: () => 0, rest: async () => {} }, tell)
}
const dayAt = (day: number): string => dayKey(FIRST + day * DAY)
const span = (day: number, from: number, hours: number): Span =>
  spanOf(FIRST + day * DAY + from * HOUR, FIRST + day * DAY + (from + hours) * HOUR)
const turn = (responder_id: string, day: number, from: number, hours: number) =>
  ({ responder_id, post_id: 'p0', ...span(day, from, hours) })
const open = (day: number, from: number, hours: number, missing = 1) => {
  const at = span(day, from, hours)
  return { id: `s${day}-${from}`, post_id: 'p0', post_kind: null, missing, level: 0, least: leastPeople(at), ...at }
}
const person = (id: string, more: { night?: boolean, away?: Span[], off?: Span[] } = {}) => ({
  ...{ id, name: id, kind: 'volunteer' as const, skills: [], night: true, away: [], unit: null, wish: null, ...more },
  isOff: (other: Span): boolean => (more.off ?? []).some(one => overlaps(one, other)),
})
const askOf = (part: Partial<AutoAsk>, days = 7): AutoAsk => ({
  days: Array.from({ length: days }, (_, i) => dayAt(i)), shifts: [], turns: [], people: [], left: [],
  known_since: dayAt(-60), calendar: { rest: () => false, holiday: () => false }, ...part,
})
/** Nobody of them can take the one shift, each for another rule; of three places three stay empty. */
const KEPT = askOf({
  shifts: [open(1, 2, 4, 3)],
  turns: [turn('tired', 0, 14, 8), turn('away', 2, 0, 6), turn('day', 2, 10, 4)],
  people: [
    person('tired'), person('day', { night: false }), person('away', { away: [span(1, 0, 24)] }),
    person('off', { off: [span(1, 0, 24)] }),
  ],
})

describe('the rules that keep places empty', () => {
  it('are named one by one, with the people and the days of what each frees', async () => {
    const result = (await autoRoster(KEPT, fill(20)))!
    expect(result.gaps.map(g => g.missing)).toEqual([3])
    const told: Lifts[] = []
    const found = await liftsOf(KEPT, result, fill(20), soFar => told.push(soFar))
    const lift = (rule: string, id: string) => ({ rule, frees: 1, people: [{ id, name: id, days: [dayAt(0)] }] })
    expect(found).toEqual({
      lifts: [lift('consent', 'day'), lift('absence', 'away'), lift('hours', 'off')],
      tried: 7, all: 7, more: 0, proven: true,
    })
    expect(told.map(t => t.tried)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(told.at(-1)).toEqual(found)
  })

  it('begin with the roster that was found, in every week', async () => {
    const days = Array.from({ length: 14 }, (_, day) => day)
    const ask = askOf({ shifts: days.map(day => open(day, 8, 8, 2)), people: ['a', 'b'].map(id => person(id)) }, 14)
    const result = (await autoRoster(ask, fill(40)))!
    const warms: Roster[] = []
    const begin: Fill = async (problem, share, tell, warm) => {
      expect(breaches(problem, warm!)).toEqual([])
      warms.push(warm!)
      return fill(0)(problem, share, tell, warm)
    }
    const found = await liftsOf(ask, result, begin)
    expect(warms.length).toBeGreaterThanOrEqual(8)
    expect([found.lifts, found.more]).toEqual([[], 0])
  })

  it('are found in a large roster too, with all that they free', async () => {
    const people = Array.from({ length: 40 }, (_, i) => person(`r${i}`, i < 15 ? { away: [span(3, 0, 24)] } : {}))
    const shifts = Array.from({ length: 7 }, (_, day) => open(day, 8, 8, day === 3 ? 40 : 20))
    const ask = askOf({ shifts, people })
    const result = (await autoRoster(ask, fill(60)))!
    const found = await liftsOf(ask, result, fill(60))
    const [first, ...others] = found.lifts
    expect([first!.rule, first!.frees, first!.people.length, others]).toEqual(['absence', 15, 15, []])
    expect(found.proven).toBe(true)
  })

  it('are not blamed for what a longer search fills without any of them lifted', async () => {
    const ask = askOf({ shifts: [open(0, 8, 8, 2)], people: ['a', 'b'].map(id => person(id)) })
    const nobody: Fill = async (problem, ...rest) =>
      fill(20)({ ...problem, people: problem.people.map(p => ({ ...p, away: [{ day: 1 }] })) }, ...rest)
    const result = (await autoRoster(ask, nobody))!
    expect(result.seats).toEqual([])
    expect(await liftsOf(ask, result, fill(20))).toMatchObject({ lifts: [], more: 2, tried: 7 })
  })

  it('say that nothing helps only where it is proved', async () => {
    const ask = askOf({ shifts: [open(0, 8, 8, 2)], people: [person('a')] })
    const result = (await autoRoster(ask, fill(20)))!
    expect(await liftsOf(ask, result, fill(20))).toMatchObject({ lifts: [], proven: true })
    expect(await liftsOf(ask, result, fill(0))).toMatchObject({ lifts: [], tried: 7, proven: false })
    // week by week nothing is proved of them all together
    const month = askOf({ shifts: [open(0, 8, 8, 2), open(8, 8, 8, 2)], people: [person('a')] }, 14)
    const made = (await autoRoster(month, fill(20)))!
    expect(await liftsOf(month, made, fill(20))).toMatchObject({ lifts: [], proven: false })
  })

  it('stay as far as they are known when it is stopped', async () => {
    const result = (await autoRoster(KEPT, fill(20)))!
    let asked = 0
    // the roster itself, then rest, nights, days, night_hours and consent
    const stopped: Fill = async (...of) => asked++ < 6 ? fill(20)(...of) : null
    const found = await liftsOf(KEPT, result, stopped)
    expect([found.tried, found.lifts.map(l => l.rule)]).toEqual([5, ['consent']])
    expect(await liftsOf(KEPT, result, async () => null)).toMatchObject({ tried: 0, lifts: [] })
  })

  it('keep what one week has freed when it is stopped in the next', async () => {
    const people = [person('a', { away: [span(0, 0, 24), span(8, 0, 24)] })]
    const ask = askOf({ shifts: [open(0, 8, 8), open(8, 8, 8)], people }, 14)
    const result = (await autoRoster(ask, fill(20)))!
    let asked = 0
    // two weeks of the roster itself and of five rules each, then the first week without leave
    const found = await liftsOf(ask, result, async (...of) => asked++ < 13 ? fill(20)(...of) : null)
    expect([found.tried, found.lifts.map(l => [l.rule, l.frees])]).toEqual([5, [['absence', 1]]])
  })

  it('count what was stopped before it was made', async () => {
    const days = Array.from({ length: 14 }, (_, day) => day)
    const ask = askOf({ shifts: days.map(day => open(day, 8, 8)), people: ['a', 'b', 'c'].map(id => person(id)) }, 14)
    let asked = 0
    const result = (await autoRoster(ask, async (...of) => asked++ === 0 ? fill(20)(...of) : null))!
    expect(result.seats).toHaveLength(7)
    // no rule kept the second week empty
    expect(await liftsOf(ask, result, fill(40))).toMatchObject({ lifts: [], more: 7 })
  })
})

it('counts empty places', () => {
  expect(emptyPlaces({
    days: 1, duties: [{ id: 'd', minutes: 60, notNext: [] }], people: [], weekends: [], offset: 0,
    need: Int32Array.of(3), under: Float64Array.of(1), over: Float64Array.of(1),
  }, [])).toBe(3)
})
