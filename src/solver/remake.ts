import type { Master } from './master.ts'
import type { PersonRoster, Problem } from './problem.ts'
import type { Search, Span } from './search.ts'
import { ownCost } from './columns.ts'
import { placesCost } from './judge.ts'
import { masterOf } from './master.ts'
import { addColumns } from './relax.ts'
import { addTurns, limitOf, NOTHING, offerChosen } from './search.ts'

/** How many known rosters of each person a try begins with, those that cost least above the cheapest. */
const KNOWN = 40
/** Rounds of new rosters at most. */
const ROUNDS = 40
/** How long the search for whole rosters may last, s; where steps are counted, in nodes of its tree. */
const PATIENCE = { seconds: 1.5, nodes: 50 }

/** Some people are free to change their turns of some days; all other turns stay as they are now. */
export interface Free { people: readonly number[], span: Span }

/** What stays beside the free turns. */
export interface Rest {
  /** turns of everybody who is not free, by day × duty */
  taken: Int32Array
  /** what all this costs, and what nobody can change */
  cost: number
  /** how much the free people's rosters may cost above their cheapest in a whole that is not too dear */
  gap: number
}

/**
 * What a column costs more than its person's cheapest under the prices of the proof. The columns of a better roster
 * cost together less than the gap above their cheapest.
 */
export function excess({ problem, proof, columns }: Search, index: number): number {
  if (!proof) return 0
  const { person, roster, cost } = columns.all[index]!
  let value = cost - proof.least[person]!
  for (let day = 0; day < roster.length; day++) {
    if (roster[day]! >= 0) value -= proof.prices[day * problem.duties.length + roster[day]!]!
  }
  return value
}

/** What the places cost on days that are not in the span. */
function outside(problem: Problem, roster: readonly PersonRoster[], { from, to }: Span): number {
  const count = new Int32Array(problem.need.length)
  for (const one of roster) addTurns(problem, count, one, 1)
  const { length } = problem.duties
  return placesCost(problem, count, 0, from * length) + placesCost(problem, count, to * length, count.length)
}

/** Sets people free and counts what stays. */
export function restOf(search: Search, { people, span }: Free): Rest {
  const { problem, columns, now } = search
  const taken = new Int32Array(problem.need.length)
  const free = new Set(people)
  let cost = problem.offset + outside(problem, now.roster, span)
  let gap = limitOf(search) - search.bound + NOTHING
  for (const [person, roster] of now.roster.entries()) {
    if (free.has(person)) continue
    addTurns(problem, taken, roster, 1)
    cost += ownCost(problem, person, roster)
    gap -= excess(search, columns.add(person, roster))
  }
  return { taken, cost, gap }
}

/** Gives the master each free person's roster of now, and the best known ones that differ in the span alone. */
function fill(search: Search, master: Master, { people, span: { from, to } }: Free): void {
  const { columns, now } = search
  for (const person of people) {
    const mine = now.roster[person]!
    const fits = (roster: PersonRoster): boolean =>
      roster.every((duty, day) => duty === mine[day] || (day >= from && day < to))
    const known = columns.of(person).filter(i => fits(columns.all[i]!.roster))
    const ranked = known.map(index => ({ index, value: excess(search, index) })).sort((a, b) => a.value - b.value)
    master.add(columns.add(person, mine))
    for (const { index } of ranked.slice(0, KNOWN)) master.add(index)
  }
}

/** How a try ended: with a roster; nothing is good enough, as the linear program proves; nothing found; out of time. */
export type Outcome = 'found' | 'hopeless' | 'none' | 'late'

/**
 * Makes the free turns again: the linear program asks for new rosters until none is worth it, then a mixed integer
 * program takes the best mix of whole ones.
 */
export function remake(search: Search, free: Free): Outcome {
  const { people, span } = free
  const { taken, cost } = restOf(search, free)
  const limit = limitOf(search) - cost
  const master = masterOf({ ...search, people, taken, span })
  try {
    fill(search, master, free)
    let mix = master.solve()
    for (let round = 0; round < ROUNDS; round++) {
      if (addColumns(search, { master, mix, people, span, prices: mix.prices }).added === 0) break
      mix = master.solve()
    }
    if (mix.value > limit + NOTHING) return 'hopeless'
    const { chosen, ended } = master.whole(search.patience(PATIENCE), limit + 1)
    if (!chosen) return ended ? 'none' : 'late'
    offerChosen(search, chosen)
    return 'found'
  }
  finally {
    master.dispose()
  }
}
