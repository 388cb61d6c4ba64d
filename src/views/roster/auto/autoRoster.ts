import type { Problem, Roster } from '#solver/problem.ts'
import type { AutoAsk, AutoProgress, Fill, Week } from './autoAsk.ts'
import type { AutoResult } from './autoResult.ts'
import { unfilledOf } from '#solver/judge.ts'
import { inputOf, partsOf, turnsOf } from './autoAsk.ts'
import { autoProblem } from './autoProblem.ts'
import { resultOf } from './autoResult.ts'
import { pairUp } from './nightPosts.ts'
import { rested } from './rested.ts'
import { seatsOf } from './seats.ts'

/** How many places a roster leaves empty. */
export const emptyPlaces = (problem: Problem, roster: Roster): number =>
  unfilledOf(problem, roster).reduce((sum, place) => sum + place.missing, 0)

/**
 * Fills the open places of some days, week by week (docs/solver.md).
 * @param ask what is to be filled
 * @param fill makes the roster of one problem
 * @param tell hears how far it has come
 * @returns null when it was stopped before there was anything
 */
export async function autoRoster(
  ask: AutoAsk, fill: Fill, tell: (progress: AutoProgress) => void = () => {},
): Promise<AutoResult | null> {
  const weeks: Week[] = []
  const places = ask.shifts.reduce((sum, s) => sum + s.missing, 0)
  const parts = partsOf(ask)
  let [filled, proven, late, left] = [0, parts.length <= 1, false, places]
  for (const days of parts) {
    const made = turnsOf(ask, weeks.flatMap(week => week.seats))
    const wanted = inputOf(ask, days, [], 1).shifts.reduce((sum, s) => sum + s.missing, 0)
    const input = inputOf(ask, days, made, wanted / Math.max(1, left))
    const of = autoProblem(input)
    left -= wanted
    const found = await rested(input, of, (problem, warm) => fill(problem, wanted / places, (event) => {
      if (event.kind === 'best') tell({ filled: filled + wanted - emptyPlaces(of.problem, event.roster), places })
    }, warm))
    if (found === null) return weeks.length > 0 ? resultOf(ask, weeks, { proven: false, late }) : null
    const paired = pairUp(input, of, found.roster)
    const { seats, roster } = seatsOf(input, of, paired)
    weeks.push({ input, of, roster, seats })
    filled += seats.length
    proven &&= found.proven && paired === found.roster
    late ||= found.late
    tell({ filled, places })
  }
  return resultOf(ask, weeks, { proven, late })
}
