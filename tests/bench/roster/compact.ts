import type { Highs, Model } from 'highs'
import type { Problem, Roster } from '#solver/problem.ts'
import { OFF } from '#solver/problem.ts'

/** A row of the program: which variables count how much, and within what limits their sum lies. */
interface Row { indices: number[], values: number[], lower: number, upper: number }
/** x: person × day × duty. Then by person × weekend whether it is worked, then empty and surplus places by cell. */
interface Layout {
  x: (person: number, day: number, duty: number) => number
  k: (person: number, weekend: number) => number
  y: number
}

function layoutOf({ people, days, duties, weekends, need }: Problem): Layout {
  const k = people.length * need.length
  return {
    x: (person, day, duty) => (person * days + day) * duties.length + duty,
    k: (person, weekend) => k + person * weekends.length + weekend,
    y: k + people.length * weekends.length,
  }
}

/** The rows of one person's rules (Curtois and Qu 2014, section 2). */
function* personRows(problem: Problem, person: number, { x, k }: Layout): Generator<Row> {
  const { days, duties, weekends, people } = problem
  const { rules } = people[person]!
  const all = [...duties.keys()]
  const [DAYS, inf] = [[...Array.from({ length: days }).keys()], Infinity]
  const on = (day: number, sign = 1): { indices: number[], values: number[] } =>
    ({ indices: all.map(d => x(person, day, d)), values: all.map(() => sign) })
  const sum = (parts: { indices: number[], values: number[] }[], lower: number, upper: number): Row =>
    ({ indices: parts.flatMap(p => p.indices), values: parts.flatMap(p => p.values), lower, upper })
  for (const day of DAYS) yield sum([on(day)], 0, 1)
  for (const day of DAYS.slice(0, -1)) {
    for (const [d, { notNext }] of duties.entries()) {
      for (const e of notNext) {
        yield { indices: [x(person, day, d), x(person, day + 1, e)], values: [1, 1], lower: -inf, upper: 1 }
      }
    }
  }
  for (const { duties: some, most } of rules.limits) {
    const indices = DAYS.flatMap(day => some.map(d => x(person, day, d)))
    yield { indices, values: indices.map(() => 1), lower: 0, upper: most }
  }
  const { min: lower, max: upper } = rules.minutes
  const values = DAYS.flatMap(() => duties.map(d => d.minutes))
  yield { indices: DAYS.flatMap(day => on(day).indices), values, lower, upper }
  for (let day = 0; day + rules.run.max < days; day++) {
    yield sum(Array.from({ length: rules.run.max + 1 }, (_, i) => on(day + i)), 0, rules.run.max)
  }
  // no run of `n` days between two days off, and no `n` days off between two on duty
  for (let n = 1; n < rules.run.min; n++) {
    for (let day = 0; day + n + 1 < days; day++) {
      const inside = Array.from({ length: n }, (_, i) => on(day + 1 + i, -1))
      yield sum([on(day), ...inside, on(day + n + 1)], 1 - n, inf)
    }
  }
  for (let n = 1; n < rules.rest; n++) {
    for (let day = 0; day + n + 1 < days; day++) {
      const inside = Array.from({ length: n }, (_, i) => on(day + 1 + i, -1))
      yield sum([on(day), ...inside, on(day + n + 1)], -inf, 1)
    }
  }
  for (const [w, ds] of weekends.entries()) {
    for (const day of ds) yield sum([on(day), { indices: [k(person, w)], values: [-1] }], -inf, 0)
  }
  const worked = weekends.map((_, w) => k(person, w))
  yield { indices: worked, values: worked.map(() => 1), lower: 0, upper: rules.weekends }
}

/** The whole problem as one mixed integer program, as HiGHS alone would be given it. */
export function compactModel(highs: Highs, problem: Problem): { model: Model, read: (value: Float64Array) => Roster } {
  const { people, days, duties, need, under, over } = problem
  const layout = layoutOf(problem)
  const model = highs.createModel()
  const none = { indices: [], values: [] }
  const { integer } = highs.constants.variableType
  for (const { wishes, away } of people) {
    for (const [i, cost] of wishes.entries()) {
      model.addCol(cost, 0, away.some(a => a.day === Math.floor(i / duties.length)) ? 0 : 1, none)
    }
  }
  for (let i = people.length * need.length; i < layout.y; i++) model.addCol(0, 0, 1, none)
  for (const i of need.keys()) {
    model.addCol(under[i]!, 0, highs.infinity, none)
    model.addCol(over[i]!, 0, highs.infinity, none)
  }
  for (let i = 0; i < layout.y; i++) model.changeColIntegrality(i, integer)
  const limit = (n: number): number => Number.isFinite(n) ? n : Math.sign(n) * highs.infinity
  for (const person of people.keys()) {
    for (const { indices, values, lower, upper } of personRows(problem, person, layout)) {
      model.addRow(limit(lower), limit(upper), { indices, values })
    }
  }
  for (const [i, n] of need.entries()) {
    const day = Math.floor(i / duties.length)
    const indices = [...people.keys()].map(person => layout.x(person, day, i % duties.length))
    const values = [...indices.map(() => 1), 1, -1]
    model.addRow(n, n, { indices: [...indices, layout.y + 2 * i, layout.y + 2 * i + 1], values })
  }
  function read(value: Float64Array): Roster {
    return people.map((_, person) => Int16Array.from({ length: days }, (_, day) => {
      const duty = duties.findIndex((_, d) => value[layout.x(person, day, d)]! > 0.5)
      return duty < 0 ? OFF : duty
    }))
  }
  return { model, read }
}
