import type { Before, Limit, PersonRoster, PersonRules, Problem } from '../problem.ts'
import { OFF } from '../problem.ts'

/** A random problem small enough to try every roster: `people` over 7 days with two kinds of duty. */
export function smallProblem(random: () => number, people: number): Problem {
  const days = 7
  const whole = (most: number): number => Math.floor(random() * (most + 1))
  const duties = [
    { id: 'day', minutes: 480, notNext: [] },
    { id: 'night', minutes: random() < 0.5 ? 480 : 600, notNext: [0] },
  ]
  const share = (): Limit => ({
    duties: [0, 1], days: [5, 6], most: whole(2), ...random() < 0.3 ? {} : { cost: Float64Array.of(0, whole(3), 8) },
  })
  const rules = (): PersonRules => {
    const min = whole(3) * 480
    return {
      minutes: { min, max: min + 960 + whole(2) * 480 },
      run: { min: 1 + whole(1), max: 3 + whole(2) },
      rest: 1 + whole(1),
      weekends: whole(1),
      limits: [{ duties: [1], most: whole(3) }, ...random() < 0.5 ? [] : [share()]],
      inRow: random() < 0.3 ? { duties: [1], most: 1 + whole(1) } : null,
    }
  }
  const daysBefore = (): Before => random() < 0.5
    ? { last: OFF, run: 0, inRow: 0, off: 1 + whole(2) }
    : { last: 1, run: 1 + whole(1), inRow: 1, off: 0 }
  const cells = days * duties.length
  return {
    days,
    duties,
    people: Array.from({ length: people }, (_, i) => ({
      id: `p${i}`,
      rules: rules(),
      away: random() < 0.5 ? [{ day: whole(days - 1), ...random() < 0.3 ? { duties: [1] } : {} }] : [],
      pins: random() < 0.3 ? [{ day: whole(days - 1), duty: whole(duties.length) - 1 }] : [],
      before: random() < 0.5 ? null : daysBefore(),
      load: random() < 0.5 ? null : { unit: 120, cost: Float64Array.from({ length: 40 }, (_, n) => Math.abs(n - 12)) },
      wishes: Float64Array.from({ length: cells }, () => whole(4) - 2),
    })),
    weekends: [[5, 6]],
    need: Int32Array.from({ length: cells }, () => whole(2)),
    under: new Float64Array(cells).fill(10),
    over: new Float64Array(cells).fill(1),
    offset: 5,
  }
}

/** Every way to fill the days with a duty or none, allowed or not. */
export function allRosters({ days, duties }: Problem): PersonRoster[] {
  const choices = duties.length + 1
  return Array.from({ length: choices ** days }, (_, n) =>
    Int16Array.from({ length: days }, (_, day) => Math.floor(n / choices ** day) % choices + OFF))
}
