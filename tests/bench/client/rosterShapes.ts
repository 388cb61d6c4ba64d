import type { Fill } from '#views/roster/auto/autoAsk.ts'
import type { Shape } from '../roster/shapes.ts'
import { dispatch } from '#solver/dispatch.ts'
import { solveInWorker } from '#solver/inWorker.ts'
import { randomOf } from '#solver/random.ts'
import { autoRoster } from '#views/roster/auto/autoRoster.ts'
import { askOf } from '../roster/shapes.ts'

/** What came of a shape: how long it took, s, places and those filled, its cost and the bound of its weeks together. */
export interface ShapeRun { seconds: number, places: number, filled: number, cost: number, bound: number }

/** Fills the drafts of a shape as the screen does, from a cold worker. */
async function shape(of: Shape, seconds: number): Promise<ShapeRun> {
  const ask = askOf(of)
  let [cost, bound] = [0, 0]
  const fill: Fill = async (problem, share) => {
    const answer = await solveInWorker(problem, { seed: 1, budget: { ms: 1000 * seconds * share } }).answer
    if (answer?.status === 'solved') [cost, bound] = [cost + answer.cost.total, bound + answer.bound]
    return answer
  }
  const started = performance.now()
  const result = (await autoRoster(ask, fill))!
  const places = ask.shifts.reduce((sum, s) => sum + s.missing, 0)
  return { seconds: (performance.now() - started) / 1000, places, filled: result.seats.length, cost, bound }
}

/** One period of a town: the seconds it took, and whether the prices prove its cost. */
function period(places: number, people: number): { seconds: number, proven: boolean } {
  const random = randomOf(5)
  const cost = Float64Array.from({ length: places * people }, () =>
    random() < 0.33 ? Infinity : Math.floor(random() * 1000))
  const started = performance.now()
  const { cost: found, proof } = dispatch(cost, people, 10_000)
  return { seconds: (performance.now() - started) / 1000, proven: Math.abs(proof - found) < 1e-6 * found }
}

Object.assign(globalThis, { rosterShapes: { shape, period } })
