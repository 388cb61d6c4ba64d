import type { Rule } from './judge.ts'
import type { Person, PersonRules, Problem } from './problem.ts'
import { breachesOf } from './judge.ts'
import { pricerOf } from './pricing.ts'
import { OFF } from './problem.ts'

/** A rule that leaves a person no roster together with others: without it they have one. `day` where it is of a day. */
export interface Conflict { person: number, rule: Rule, day: number | null }

/** No more conflicts of a person are named. */
const MOST = 5

/** A person without one of their rules. */
interface Lifted { rule: Rule, day: number | null, person: Person }

function* lifted(person: Person, problem: Problem): Generator<Lifted> {
  const without = (rule: Rule, change: Partial<PersonRules>): Lifted =>
    ({ rule, day: null, person: { ...person, rules: { ...person.rules, ...change } } })
  const { rules } = person
  for (const pin of person.pins) {
    yield { rule: 'pin', day: pin.day, person: { ...person, pins: person.pins.filter(other => other !== pin) } }
  }
  for (const absence of person.away) {
    const away = person.away.filter(other => other !== absence)
    yield { rule: 'away', day: absence.day, person: { ...person, away } }
  }
  const most = Math.max(...problem.duties.map(d => d.minutes)) * problem.days
  yield without('minutes', { minutes: { min: 0, max: most } })
  yield without('run_max', { run: { ...rules.run, max: problem.days } })
  yield without('run_min', { run: { ...rules.run, min: 1 } })
  yield without('rest', { rest: 0 })
  yield without('weekends', { weekends: problem.weekends.length })
  yield without('limit', { limits: [] })
  if (rules.inRow) yield without('in_row', { inRow: null })
  if (person.before && person.before.last !== OFF) yield { rule: 'next', day: 0, person: { ...person, before: null } }
}

/** Whether a person has a roster without a rule that breaks no other of theirs. */
function hasRoster(problem: Problem, person: number, { rule, person: freed }: Lifted): boolean {
  const found = pricerOf({ ...problem, people: [freed] }).best(0, new Float64Array(problem.need.length))
  return found !== null && breachesOf(problem, person, found.roster).every(breach => breach.rule === rule)
}

/**
 * For people whose rules leave them no roster: the single rules without which each has one, found by lifting one after
 * the other and asking again; at most five for each. None = it takes more than one.
 */
export function conflictsOf(problem: Problem, people: readonly number[]): Conflict[] {
  return people.flatMap((person) => {
    const found: Conflict[] = []
    for (const without of lifted(problem.people[person]!, problem)) {
      const { rule, day } = without
      if (found.length < MOST && hasRoster(problem, person, without)) found.push({ person, rule, day })
    }
    return found
  })
}
