/** A day without duty in a person's roster. */
export const OFF = -1

/** A kind of duty: a span of the day at a post. A person does at most one a day. */
export interface Duty {
  id: string
  minutes: number
  /** duties that may not be done on the day after this one, because the rest between them is too short */
  notNext: readonly number[]
}

/** Turns that are counted together. */
export interface Limit {
  duties: readonly number[]
  /** the days on which they count, such as holidays; none given = all days */
  days?: readonly number[]
  /** most turns; duties named with 0 and without days are never done */
  most: number
  /** what so many turns cost, from 0 to `most`: an equal share; none given = nothing */
  cost?: Float64Array
}

/** Rules of a person's roster. Runs that touch the first or the last day need not reach their minimum. */
export interface PersonRules {
  minutes: { min: number, max: number }
  /** days on duty in a row */
  run: { min: number, max: number }
  /** fewest days off in a row */
  rest: number
  /** most weekends with a duty on one of their days */
  weekends: number
  /** most days in a row with one of these duties: nights; null = no such rule */
  inRow: { duties: readonly number[], most: number } | null
  limits: readonly Limit[]
}

/**
 * How the days before the first one ended: `last` = the duty of the day before, `run` and `inRow` the days in a row up
 * to then, `off` the days off.
 */
export interface Before { last: number, run: number, inRow: number, off: number }

export interface Person {
  id: string
  rules: PersonRules
  /** when the person is away: all duties of a day, or some */
  away: readonly { day: number, duties?: readonly number[] }[]
  /** days whose turn is settled: a duty, or OFF */
  pins: readonly { day: number, duty: number }[]
  /** null = rested, with nothing to carry over */
  before: Before | null
  /** what the person's minutes in all cost, by multiples of `unit`: equal load; null = nothing */
  load: { unit: number, cost: Float64Array } | null
  /** what a turn costs beside its place, by day × duty: a wish for it is negative, one against it positive */
  wishes: Float64Array
}

/**
 * A roster to be made. `need`, `under`, `over` by day × duty: the places, what an empty one costs, what one too many
 * costs. `offset`: what the roster costs before anybody has a turn (wishes not met).
 */
export interface Problem {
  days: number
  duties: readonly Duty[]
  people: readonly Person[]
  /** the days of each weekend (or other days that are counted together) */
  weekends: readonly (readonly number[])[]
  need: Int32Array
  under: Float64Array
  over: Float64Array
  offset: number
}

/** May the person ever do this duty? */
export function mayDo({ duties }: Problem, { limits, minutes }: PersonRules, duty: number): boolean {
  return duties[duty]!.minutes <= minutes.max && !limits.some(l => l.most <= 0 && !l.days && l.duties.includes(duty))
}

/** What the person carries over from the days before; null after a duty that they may not do any more. */
export function carriedOver(problem: Problem, { rules, before }: Pick<Person, 'rules' | 'before'>): Before | null {
  return before === null || before.last === OFF || mayDo(problem, rules, before.last) ? before : null
}

/** The duty of each day, or OFF. */
export type PersonRoster = Int16Array
/** One roster per person, in the order of `people`. */
export type Roster = readonly PersonRoster[]
