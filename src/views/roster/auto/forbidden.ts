import type { FatigueTurn } from '#domain/fatigue.ts'
import type { Span } from '#domain/span.ts'
import type { PersonRoster, Problem, Roster } from '#solver/problem.ts'
import type { AutoInput } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { OFF } from '#solver/problem.ts'

/** A turn that the rules of rest do not allow after all. `person` and `day` are numbers of the problem. */
export interface ForbiddenTurn { person: number, day: number, duty: number }

const asTurn = (span: Span): FatigueTurn =>
  ({ ...span, state: 'accepted', on_post_at: null, off_post_at: null })

/**
 * Looks at one person's roster with the rule itself (R17): days in a row that change between mornings and evenings are
 * more than the solver's days can tell. Answers the last turn that breaks it, null = none; never a settled one.
 */
export function restJudge(
  input: AutoInput, of: AutoProblem,
): (person: number, roster: PersonRoster) => ForbiddenTurn | null {
  const settled = new Map<string, FatigueTurn[]>()
  for (const { responder_id, ...turn } of input.turns)
    settled.set(responder_id, [...settled.get(responder_id) ?? [], asTurn(turn)])
  return (person, roster) => {
    const mine = [...roster].flatMap((duty, day) =>
      duty === OFF || of.settled[person]![day] !== OFF ? [] : [{ day, duty, span: of.spanOf(day, duty) }])
    const all = mine.map(m => asTurn(m.span))
    const before = settled.get(of.servers[person]!.id) ?? []
    const bad = mine.filter((m, i) => {
      const { hard, soft } = fatigueOf([...before, ...all.filter((_, other) => other !== i)], m.span)
      return hard !== null || soft.some(limit => limit !== input.lift)
    })
    const last = bad.at(-1)
    return last ? { person, day: last.day, duty: last.duty } : null
  }
}

/** One turn of each person that breaks the rules of rest. */
export function forbiddenTurns(input: AutoInput, of: AutoProblem, roster: Roster): ForbiddenTurn[] {
  const judge = restJudge(input, of)
  return roster.flatMap((mine, person) => judge(person, mine) ?? [])
}

/** The problem without these turns. */
export function without(problem: Problem, turns: readonly ForbiddenTurn[]): Problem {
  const people = problem.people.map((person, i) => {
    const mine = turns.filter(t => t.person === i).map(({ day, duty }) => ({ day, duties: [duty] }))
    return mine.length > 0 ? { ...person, away: [...person.away, ...mine] } : person
  })
  return { ...problem, people }
}
