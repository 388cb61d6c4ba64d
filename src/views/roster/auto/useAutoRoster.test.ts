import type { Span } from '#domain/span.ts'
import type { Solving } from '#solver/inWorker.ts'
import type { SolveOptions } from '#solver/solve.ts'
import loadHighs from 'highs'
import { beforeEach, expect, it, vi } from 'vitest'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR } from '#domain/time.ts'
import { solve } from '#solver/solve.ts'
import { useAutoRoster } from './useAutoRoster.ts'

const FIRST = atShanghai('2026-12-07') // a Monday
const highs = await loadHighs()
const asked: SolveOptions[] = []
let beforeEachSearch = (): void => {}
vi.mock(import('#solver/inWorker.ts'), () => ({
  solveInWorker(problem, options, tell): Solving {
    beforeEachSearch()
    asked.push(options)
    const answer = solve(problem, options, { highs, now: () => 0, rest: async () => {} }, tell)
    return { answer, cancel() {} }
  },
}))
const span = (day: number, from: number, hours: number): Span =>
  spanOf(FIRST + day * DAY + from * HOUR, FIRST + day * DAY + (from + hours) * HOUR)
const at = span(1, 8, 8)
const ROWS = {
  shifts: [{ id: 's', post_id: 'p', post_kind: null, missing: 3, level: 0, least: 0, ...at }],
  people: ['a', 'b'].map(id => ({
    id, name: id, kind: 'volunteer' as const, skills: [], night: true, away: id === 'a' ? [at] : [],
    isOff: () => false, unit: null, wish: null,
  })),
  turns: [], left: [], known_since: '2026-11-01',
}
vi.mock(import('#queries/autoRows.ts'), async () => ({ autoRows: async () => ROWS }))
vi.mock(import('#queries/live.ts'), async real => ({ ...await real(), useDb: () => null as never }))
vi.mock(import('../useRestDays.ts'), async real => ({ ...await real(), useHolidays: () => ({ value: null }) as never }))
beforeEach(() => {
  asked.length = 0
  beforeEachSearch = () => {}
})
const runOf = () => useAutoRoster({
  community: 'c', days: Array.from({ length: 7 }, (_, i) => dayKey(FIRST + i * DAY)), now: FIRST,
})

it('searches so many steps, the same each time, and a time only ends what would never end', async () => {
  const run = runOf()
  await run.start([])
  await run.start([])
  const [first, again] = asked
  expect(first).toMatchObject({ seed: 1, budget: { steps: expect.any(Number), ms: expect.any(Number) } })
  expect(again).toEqual(first)
  expect(run.result!.seats.map(s => s.responder_id)).toEqual(['b'])
})

it('looks at the rules from the roster that was found', async () => {
  const run = runOf()
  await run.start([])
  expect(run.lifts).toBeNull()
  asked.length = 0
  await run.lookAtRules()
  expect(asked).toHaveLength(8)
  for (const { warmStart } of asked)
    expect(warmStart!.flatMap(mine => [...mine]).filter(duty => duty >= 0)).toHaveLength(1)
  const people = [{ id: 'a', name: 'a', days: ['2026-12-08'] }]
  expect(run.lifts).toMatchObject({ looking: false, tried: 7, lifts: [{ rule: 'absence', frees: 1, people }] })
})

it('keeps what is known of the rules when it is stopped', async () => {
  const run = runOf()
  await run.start([])
  // while leave is looked at, after which only hours would come
  beforeEachSearch = () => { if (asked.length === 6) run.stop() }
  asked.length = 0
  await run.lookAtRules()
  expect(asked).toHaveLength(7)
  expect(run.lifts).toMatchObject({ looking: false, tried: 6, lifts: [{ rule: 'absence', frees: 1 }] })
})
