import type { PersonRoster, Problem } from './problem.ts'
import { OFF } from './problem.ts'

/** One roster that a person may have. `cost` = its wishes, its load and the price of counted turns. */
export interface Column { person: number, roster: PersonRoster, cost: number }

/** The rosters found so far, each once, by number. */
export interface Columns {
  readonly all: readonly Column[]
  /** the numbers of a person's columns */
  of: (person: number) => readonly number[]
  /** the number of the column, which is kept once */
  add: (person: number, roster: PersonRoster) => number
}

/** What a roster costs beside its places: the wishes of the person, their load and their counted turns. */
export function ownCost(problem: Problem, person: number, roster: PersonRoster): number {
  const { wishes, load, rules } = problem.people[person]!
  let [sum, minutes] = [0, 0]
  for (let day = 0; day < roster.length; day++) {
    if (roster[day] === OFF) continue
    sum += wishes[day * problem.duties.length + roster[day]!]!
    minutes += problem.duties[roster[day]!]!.minutes
  }
  if (load) sum += load.cost[Math.round(minutes / load.unit)]!
  for (const { duties, days, cost } of rules.limits) {
    if (!cost) continue
    let turns = 0
    for (let day = 0; day < roster.length; day++) {
      if (duties.includes(roster[day]!) && (!days || days.includes(day))) turns++
    }
    sum += cost[turns]!
  }
  return sum
}

/** An empty collection of rosters. */
export function columnsOf(problem: Problem): Columns {
  const all: Column[] = []
  const mine = problem.people.map(() => [] as number[])
  const known = new Map<string, number>()
  function add(person: number, roster: PersonRoster): number {
    const key = `${person}:${roster.join()}`
    const found = known.get(key)
    if (found !== undefined) return found
    const index = all.length
    all.push({ person, roster, cost: ownCost(problem, person, roster) })
    mine[person]!.push(index)
    known.set(key, index)
    return index
  }
  return { all, of: person => mine[person]!, add }
}
