import type { Before, Limit, Person, PersonRules, Problem } from './problem.ts'
import { carriedOver, mayDo, OFF } from './problem.ts'

/** Duties that are alike to a person's rules: the cheapest of them on a day stands for all. */
export interface DutyClass {
  duties: number[]
  minutes: number
  /** which of the limits that can bind count it */
  limits: readonly number[]
  /** counts among the days in a row of `rules.inRow` */
  inRow: boolean
}

/** What the network of a person is built from; people with equal ways share a network. */
export interface Ways {
  days: number
  weekends: readonly (readonly number[])[]
  rules: PersonRules
  /** how the days before ended; `last` is a class, −1 = a day off */
  before: Before
  classes: readonly DutyClass[]
  /** by class: whether another class may follow on the next day */
  next: readonly (readonly boolean[])[]
  /** the limits that can bind or cost something */
  limits: readonly Limit[]
  /** whether the minutes in all must be known: they have a price or can break a rule */
  countsMinutes: boolean
}

/**
 * The duties a person may do, and the limits that must be counted: those that cost something, and those of fewer turns
 * than days and minutes allow anyway.
 */
function dutiesOf(problem: Problem, rules: PersonRules): { able: number[], limits: Limit[] } {
  const able = [...problem.duties.keys()].filter(duty => mayDo(problem, rules, duty))
  const shortest = Math.min(...able.map(i => problem.duties[i]!.minutes))
  const turns = Math.floor(rules.minutes.max / shortest)
  const limits = rules.limits.filter(l => l.days || l.most > 0).flatMap((limit) => {
    const possible = Math.min(turns, limit.days?.length ?? problem.days)
    const most = Math.min(limit.most, possible)
    const counts = limit.duties.some(d => able.includes(d)) && (limit.cost !== undefined || most < possible)
    return counts ? [{ ...limit, most }] : []
  })
  return { able, limits }
}

/** Whether some roster of these duties could have too few or too many minutes, or minutes have a price. */
function countsMinutes({ days, duties }: Problem, { rules, load }: Pick<Person, 'rules' | 'load'>, able: number[]) {
  const longest = Math.max(...able.map(i => duties[i]!.minutes))
  return load !== null || rules.minutes.min > 0 || rules.minutes.max < longest * days
}

/** Groups the duties of a person by what the rules can tell of them. */
export function waysOf(problem: Problem, person: Pick<Person, 'rules' | 'before' | 'load'>): Ways {
  const { rules } = person
  const { able, limits } = dutiesOf(problem, rules)
  const classes = new Map<string, DutyClass>()
  for (const duty of able) {
    const { minutes, notNext } = problem.duties[duty]!
    const counted = limits.flatMap((l, i) => l.duties.includes(duty) ? [i] : [])
    const inRow = rules.inRow?.duties.includes(duty) ?? false
    const forbids = able.filter(other => problem.duties[other]!.notNext.includes(duty))
    const key = JSON.stringify([minutes, able.filter(other => notNext.includes(other)), forbids, counted, inRow])
    const known = classes.get(key)
    if (known) known.duties.push(duty)
    else classes.set(key, { duties: [duty], minutes, limits: counted, inRow })
  }
  const list = [...classes.values()]
  const next = list.map(a => list.map(b => !problem.duties[a.duties[0]!]!.notNext.includes(b.duties[0]!)))
  const { days } = problem
  // weekends that cannot be too many need not be counted
  const weekends = problem.weekends.length > rules.weekends ? problem.weekends : []
  const begun = inClasses(rules, carriedOver(problem, person), list)
  const counted = countsMinutes(problem, person, able)
  return { days, weekends, rules, before: begun, classes: list, next, limits, countsMinutes: counted }
}

/** The days before in terms of classes, and no more of them than the rules look at. */
function inClasses({ run, rest, inRow }: PersonRules, before: Before | null, classes: readonly DutyClass[]): Before {
  if (!before || before.last === OFF) return { last: -1, run: 0, inRow: 0, off: Math.min(before?.off ?? rest, rest) }
  const last = classes.findIndex(c => c.duties.includes(before.last))
  return {
    last,
    run: Math.min(before.run, run.max),
    inRow: classes[last]!.inRow ? Math.min(before.inRow, inRow!.most) : 0,
    off: 0,
  }
}

/** Two people with the same key have the same network. */
export function keyOf({ rules, before, classes, next, limits, countsMinutes }: Ways): string {
  const { limits: _, inRow, ...others } = rules
  const alike = classes.map(c => [c.minutes, c.limits, c.inRow])
  const counted = limits.map(l => [l.most, l.days])
  return JSON.stringify([others, inRow?.most, before, alike, next, counted, countsMinutes])
}
