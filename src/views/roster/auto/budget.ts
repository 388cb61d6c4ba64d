import type { Problem } from '#solver/problem.ts'
import type { Budget } from '#solver/solve.ts'

/**
 * Steps until a first good roster is found, and most often proved; then some more to make it better, fewer where a step
 * is long: about 40 s on a desk in 2025.
 */
const FIRST = 100
const BETTER = { most: 800, work: 600_000 }
/** A safety stop for slow devices, ms: of a whole roster, and at least of one part of it. */
const LATE = { whole: 60_000, least: 10_000 }

/**
 * How long one problem is searched. The steps depend on the problem alone, so that the same drafts make the same roster
 * on every device (R20); the time only ends what would never end.
 * @param problem what is searched
 * @param share its part of the work of a whole roster, 0 to 1
 */
export function budgetOf(problem: Problem, share: number): Budget {
  const { people, need } = problem
  const better = Math.min(BETTER.most, BETTER.work / Math.max(1, people.length * need.length))
  return { steps: FIRST + Math.ceil(better * share), ms: Math.max(LATE.least, LATE.whole * share) }
}
