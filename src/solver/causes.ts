import type { Rule, Unfilled } from './judge.ts'
import type { PersonRoster, Problem, Roster } from './problem.ts'
import { ownCost } from './columns.ts'
import { breachesOf, unfilledOf } from './judge.ts'
import { OFF } from './problem.ts'

/**
 * Why a person does not take an empty place: a hard rule; busy = another duty that day; dearer = it costs them more
 * than the place is worth; free = nothing speaks against it.
 */
export type Why = Rule | 'busy' | 'dearer' | 'free'

/** The people who do not take one empty place, by the first reason that holds; the commonest first. */
export interface Cause extends Unfilled { why: { why: Why, people: number[] }[] }

/** The person's roster with one turn more or other. */
function withTurn(roster: PersonRoster, day: number, duty: number): PersonRoster {
  const changed = roster.slice()
  changed[day] = duty
  return changed
}

/** Why this person does not take the place on top of what they have; rules in the order in which they are judged. */
export function whyNot(problem: Problem, roster: Roster, person: number, { day, duty }: Unfilled): Why {
  const mine = roster[person]!
  const changed = withTurn(mine, day, duty)
  const [first] = breachesOf(problem, person, changed)
  if (mine[day] !== OFF) return 'busy'
  if (first) return first.rule
  const more = ownCost(problem, person, changed) - ownCost(problem, person, mine)
  return more > problem.under[day * problem.duties.length + duty]! ? 'dearer' : 'free'
}

/** Each empty place of a roster, with the reasons why nobody takes it. */
export function causesOf(problem: Problem, roster: Roster): Cause[] {
  return unfilledOf(problem, roster).map((place) => {
    const people = new Map<Why, number[]>()
    for (const person of problem.people.keys()) {
      const why = whyNot(problem, roster, person, place)
      people.set(why, [...people.get(why) ?? [], person])
    }
    const why = [...people].map(([reason, who]) => ({ why: reason, people: who }))
    return { ...place, why: why.sort((a, b) => b.people.length - a.people.length) }
  })
}
