import type { Span } from '#domain/span.ts'
import type { AutoAsk, Fill } from './autoAsk.ts'
import loadHighs from 'highs'
import { describe, expect, it } from 'vitest'
import { leastPeople } from '#domain/pattern.ts'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR } from '#domain/time.ts'
import { OFF } from '#solver/problem.ts'
import { solve } from '#solver/solve.ts'
import { inputOf } from './autoAsk.ts'
import { autoProblem } from './autoProblem.ts'
import { autoRoster } from './autoRoster.ts'
import { pairUp } from './nightPosts.ts'

const FIRST = atShanghai('2026-12-07') // a Monday
const highs = await loadHighs()
const fill: Fill = (problem, _, tell) =>
  solve(problem, { seed: 1, budget: { steps: 40 } }, { highs, now: () => 0, rest: async () => {} }, tell)
const span = (day: number, from: number, hours: number): Span =>
  spanOf(FIRST + day * DAY + from * HOUR, FIRST + day * DAY + (from + hours) * HOUR)
const night = (post_id: string, day = 0, more: { missing?: number, level?: number, night_minimum?: number } = {}) => {
  const at = span(day, 22, 8)
  const { missing = 2, level = 0, night_minimum = 1 } = more
  return {
    id: `${post_id}-${day}`, post_id, post_kind: 'patrol' as const, missing, level,
    least: leastPeople(at, night_minimum), ...at,
  }
}
const person = (id: string, away: Span[] = []) => ({
  id, name: id, kind: 'volunteer' as const, skills: [], night: true, away, isOff: () => false, unit: null, wish: null,
})
const askOf = (part: Partial<AutoAsk>): AutoAsk => ({
  days: Array.from({ length: 7 }, (_, i) => dayKey(FIRST + i * DAY)), shifts: [], turns: [], people: [], left: [],
  known_since: dayKey(FIRST - 60 * DAY), calendar: { rest: () => false, holiday: () => false }, ...part,
})
const FOUR = ['p1', 'p2', 'p3', 'p4']
/** How many people each shift got. */
async function made(part: Partial<AutoAsk>) {
  const result = (await autoRoster(askOf(part), fill))!
  const on = Object.fromEntries(part.shifts!.map(s => [s.id, result.seats.filter(t => t.shift_id === s.id).length]))
  return { result, on }
}

describe('night posts (R18)', () => {
  it('get pairs, never four people alone, and those that stay below are named', async () => {
    const people = ['a', 'b', 'c', 'd'].map(id => person(id))
    const { result, on } = await made({ shifts: FOUR.map(p => night(p)), people })
    expect(Object.values(on).sort()).toEqual([0, 0, 2, 2])
    expect(result.thin.map(t => [on[t.shift.id], t.people])).toEqual([[0, 0], [0, 0]])
  })

  it('get as many as the post says, those first that lack least', async () => {
    const shifts = [
      night('three', 0, { missing: 3, night_minimum: 3 }), night('one more', 0, { missing: 1, level: 1 }), night('two'),
    ]
    const people = ['a', 'b', 'c', 'd'].map(id => person(id))
    const { result, on } = await made({ shifts, people })
    expect(on).toEqual({ 'three-0': 1, 'one more-0': 1, 'two-0': 2 })
    expect(result.thin.map(t => [t.shift.id, t.people, t.shift.least])).toEqual([['three-0', 1, 3]])
  })

  it('are spread only when each has its minimum; one that cannot reach it comes last', async () => {
    const shifts = [night('small', 0, { missing: 1 }), night('a', 0, { missing: 4 }), night('b', 0, { missing: 4 })]
    const few = await made({ shifts, people: ['1', '2', '3', '4', '5'].map(id => person(id)) })
    expect(few.on).toEqual({ 'small-0': 1, 'a-0': 2, 'b-0': 2 })
    expect(few.result.thin.map(t => t.shift.id)).toEqual(['small-0'])
    const many = await made({ shifts, people: ['1', '2', '3', '4', '5', '6', '7'].map(id => person(id)) })
    expect(many.on).toEqual({ 'small-0': 1, 'a-0': 3, 'b-0': 3 })
  })

  it('also where couriers are kept from some of them', async () => {
    const shifts = [...['g1', 'g2'].map(p => ({ ...night(p), post_kind: 'gate' as const })), night('walk')]
    const people = [person('a'), person('b'), person('c'), { ...person('k'), kind: 'new_employment' as const }]
    const { result, on } = await made({ shifts, people })
    expect(on['walk-0']).toBe(2)
    expect([on['g1-0'], on['g2-0']].sort()).toEqual([0, 2])
    expect(result.seats.find(s => s.responder_id === 'k')!.shift_id).toBe('walk-0')
  })
})

describe('people alone in two nights', () => {
  const shifts = [night('p1'), night('p1', 3)]
  /** One person stood in the first night and one in the second: where the two serve in the end. */
  function after(people: ReturnType<typeof person>[]): (number | undefined)[] {
    const input = inputOf(askOf({ shifts, people }), askOf({}).days, [], 1)
    const of = autoProblem(input)
    const { duty } = of.cellOf(shifts[0]!)
    const roster = [0, 3].map(day => new Int16Array(of.problem.days).fill(OFF).fill(duty, day, day + 1))
    return pairUp(input, of, roster).map(mine => mine.indexOf(duty))
  }

  it('come together in one', () => {
    const [a, b] = after([person('a'), person('b')])
    expect(a).toBe(b)
  })

  it('only where nobody is away', () => {
    expect(after([person('a', [span(3, 0, 48)]), person('b')])).toEqual([0, 0])
    expect(after([person('a', [span(3, 0, 48)]), person('b', [span(0, 0, 48)])])).toEqual([0, 3])
  })
})
