import type { PersonRoster, Problem, Roster } from '#solver/problem.ts'
import type { Answer, Solved } from '#solver/solve.ts'
import type { AutoInput } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import type { ForbiddenTurn } from './forbidden.ts'
import { OFF } from '#solver/problem.ts'
import { forbiddenTurns, without } from './forbidden.ts'

/** How often a roster is made again without the turns that the rules of rest do not allow after all. */
const AGAIN = 3

/**
 * A roster in which everybody is rested. `bound`: no roster of the problem costs less. `proven`: neither does a rested
 * one; `late`: the time was over before the search was.
 */
export interface Rested { roster: Roster, bound: number, proven: boolean, late: boolean }

function withoutTurns(roster: Roster, turns: readonly ForbiddenTurn[]): Roster {
  return roster.map((mine, person): PersonRoster => {
    const changed = mine.slice()
    for (const turn of turns) {
      if (turn.person === person) changed[turn.day] = OFF
    }
    return changed
  })
}

/**
 * Makes a roster in which everybody is rested.
 * @param input what the problem was made from
 * @param of the problem
 * @param fill makes the roster of a problem
 * @param warm a roster to begin with
 * @returns null when it was stopped before there was anything
 */
export async function rested(
  input: AutoInput, of: AutoProblem, fill: (problem: Problem, warm?: Roster) => Promise<Answer | null>, warm?: Roster,
): Promise<Rested | null> {
  // nobody at all: every place stays empty
  if (of.problem.people.length === 0) return { roster: [], bound: 0, proven: true, late: false }
  const answers: Solved[] = []
  let tired: ForbiddenTurn[] = []
  for (let round = 0, problem = of.problem, start = warm; round <= AGAIN; round++) {
    const answer = await fill(problem, start)
    // stopped: what was found before is still good
    if (answer === null) break
    if (answer.status === 'no_roster') throw new Error('people without a roster were left in the problem')
    answers.push(answer)
    tired = forbiddenTurns(input, of, answer.roster)
    if (tired.length === 0) break
    problem = without(problem, tired)
    start = withoutTurns(answer.roster, tired)
  }
  const [first, best] = [answers[0], answers.at(-1)]
  if (!first || !best) return null
  let { roster } = best
  for (; tired.length > 0; tired = forbiddenTurns(input, of, roster)) roster = withoutTurns(roster, tired)
  const proven = first.proven && answers.length === 1 && roster === best.roster
  return { roster, bound: first.bound, proven, late: answers.some(answer => answer.late) }
}
