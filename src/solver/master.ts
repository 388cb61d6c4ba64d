import type { Highs, Model } from 'highs'
import type { Columns } from './columns.ts'
import type { Problem } from './problem.ts'
import { OFF } from './problem.ts'

/**
 * A solution of the master: its value, how much of each added column it takes, what one more turn is worth by
 * day × duty, what each person costs.
 */
export interface Mix {
  value: number
  share: ReadonlyMap<number, number>
  prices: Float64Array
  rent: ReadonlyMap<number, number>
}

/**
 * The linear program that mixes rosters: each of `people` takes one column in all, a place costs what it lacks or has
 * too much (Dantzig–Wolfe; Strandmark, Qu, Curtois 2020, doi:10.1016/j.cor.2020.104945).
 */
export interface Master {
  /** adds a column by its number, once; its person must be one of `people`. Answers whether it is new */
  add: (index: number) => boolean
  /** lets a person have this column only */
  fix: (person: number, index: number) => void
  solve: () => Mix
  /** takes whole columns only, within seconds or nodes of its tree; the value must lie below `cutoff` */
  whole: (patience: Patience, cutoff: number) => Whole
  /** gives the memory of the program back; nobody else does */
  dispose: () => void
}

/** How long a search for whole columns may last; nodes are the same on every machine. Infinity or none = no end. */
export interface Patience { seconds: number, nodes?: number }

/** The column of each person, null where none was found; `ended` = there is nothing better. */
export interface Whole { chosen: ReadonlyMap<number, number> | null, ended: boolean }

/**
 * What a master is made of. `taken` = the turns of everybody else, by day × duty. `span` = the days [from, to) that are
 * free to change: only their places are rows.
 */
export interface MasterOf {
  highs: Highs
  problem: Problem
  columns: Columns
  people: readonly number[]
  taken: Int32Array
  span: { from: number, to: number }
}

/** Rows: the places, then the people. Columns: empty and surplus places, two of each cell, then the rosters. */
function emptyModel({ highs, problem, people, taken }: MasterOf, first: number, cells: number): Model {
  const model = highs.createModel()
  model.options.set({ output_flag: false, presolve: 'off', simplex_strategy: 0 })
  const none = { indices: [], values: [] }
  for (let i = first; i < first + cells; i++) {
    const open = problem.need[i]! - taken[i]!
    model.addRow(open, open, none)
  }
  for (const _ of people) model.addRow(1, 1, none)
  for (let i = 0; i < cells; i++) {
    model.addCol(problem.under[first + i]!, 0, highs.infinity, { indices: [i], values: [1] })
    model.addCol(problem.over[first + i]!, 0, highs.infinity, { indices: [i], values: [-1] })
  }
  return model
}

/** Runs the mixed integer program; answers whether it came to its end. */
function searchTree(highs: Highs, model: Model, patience: Patience, cutoff: number): boolean {
  model.options.set({
    presolve: 'on',
    ...patience.nodes === undefined ? {} : { mip_max_nodes: patience.nodes },
    ...patience.seconds === Infinity ? {} : { time_limit: model.getRunTime() + patience.seconds },
    // costs are whole numbers
    mip_rel_gap: 0,
    mip_abs_gap: 0.999,
    objective_bound: cutoff - 0.5,
  })
  model.run()
  const { optimal, infeasible } = highs.constants.modelStatus
  const status = model.getModelStatus()
  return status === optimal || status === infeasible
}

/** Builds the program without a roster; every person needs one before it is solved. */
export function masterOf(of: MasterOf): Master {
  const { highs, problem, columns, people } = of
  const { from, to } = of.span
  const first = from * problem.duties.length
  const cells = (to - from) * problem.duties.length
  const model = emptyModel(of, first, cells)
  const rows = new Map(people.map((person, i) => [person, cells + i]))
  const added: number[] = []
  const known = new Set<number>()
  function add(index: number): boolean {
    if (known.has(index)) return false
    known.add(index)
    const { person, roster, cost } = columns.all[index]!
    const indices: number[] = []
    for (let day = from; day < to; day++) {
      if (roster[day] !== OFF) indices.push(day * problem.duties.length + roster[day]! - first)
    }
    indices.push(rows.get(person)!)
    added.push(index)
    model.addCol(cost, 0, highs.infinity, { indices, values: indices.map(() => 1) })
    return true
  }
  function fix(person: number, index: number): void {
    for (const [i, other] of added.entries()) {
      const share = other === index ? 1 : 0
      if (columns.all[other]!.person === person) model.changeColBounds(2 * cells + i, share, share)
    }
  }
  function solve(): Mix {
    model.run()
    const { colValue, rowDual } = model.getSolution()
    const prices = new Float64Array(problem.need.length)
    prices.set(rowDual.subarray(0, cells), first)
    return {
      value: model.getObjectiveValue(),
      share: new Map(added.map((index, i) => [index, colValue[2 * cells + i]!])),
      prices,
      rent: new Map(people.map((person, i) => [person, rowDual[cells + i]!])),
    }
  }
  function whole(patience: Patience, cutoff: number): Whole {
    for (const i of added.keys()) model.changeColIntegrality(2 * cells + i, highs.constants.variableType.integer)
    const ended = searchTree(highs, model, patience, cutoff)
    const { colValue } = model.getSolution()
    const chosen = new Map<number, number>()
    for (const [i, index] of added.entries()) {
      if (colValue[2 * cells + i]! > 0.5) chosen.set(columns.all[index]!.person, index)
    }
    return { chosen: chosen.size === people.length ? chosen : null, ended }
  }
  return { add, fix, solve, whole, dispose: () => model.dispose() }
}
