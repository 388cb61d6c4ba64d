import type { Before, Limit, PersonRoster, Problem, Roster } from './problem.ts'
import { carriedOver, OFF } from './problem.ts'

/** A hard rule that a roster breaks. */
export type Rule =
  | 'away' | 'in_row' | 'limit' | 'minutes' | 'next' | 'pin' | 'rest' | 'run_max' | 'run_min' | 'weekends'
export interface Breach { rule: Rule, person: number, day: number }
/** What a roster costs: empty and surplus places, wishes that were not met, load and counted turns. */
export interface Cost { places: number, wishes: number, load: number, total: number }

interface Run { duty: boolean, from: number, to: number }

/** Days on duty and days off in a row, in order; `to` is the day after the last. The first may begin before day 0. */
function runsOf(roster: PersonRoster, before: Before | null): Run[] {
  const runs: Run[] = []
  if (before) runs.push({ duty: before.last !== OFF, from: -(before.last === OFF ? before.off : before.run), to: 0 })
  for (let day = 0; day < roster.length; day++) {
    const duty = roster[day] !== OFF
    const last = runs.at(-1)
    if (last?.duty === duty) last.to = day + 1
    else runs.push({ duty, from: day, to: day + 1 })
  }
  return runs
}

/** How many turns of a roster a limit counts. */
function counted({ duties, days }: Limit, roster: PersonRoster): number {
  return [...roster].filter((duty, day) => duties.includes(duty) && (days?.includes(day) ?? true)).length
}

/** The breaches of one person's roster, the hard rules read one by one and not by how rosters are made. */
export function breachesOf(problem: Problem, person: number, roster: PersonRoster): Breach[] {
  const { rules, away, pins } = problem.people[person]!
  const before = carriedOver(problem, problem.people[person]!)
  const found: Breach[] = []
  const add = (rule: Rule, day = 0): void => { found.push({ rule, person, day }) }
  for (const { day, duties } of away) {
    if (roster[day] !== OFF && (duties?.includes(roster[day]!) ?? true)) add('away', day)
  }
  for (const pin of pins) {
    if (roster[pin.day] !== pin.duty) add('pin', pin.day)
  }
  const turns = [...roster].map((duty, day) => ({ duty, day })).filter(one => one.duty !== OFF)
  for (const limit of rules.limits) {
    if (counted(limit, roster) > limit.most) add('limit')
  }
  const minutes = turns.reduce((sum, one) => sum + problem.duties[one.duty]!.minutes, 0)
  if (minutes < rules.minutes.min || minutes > rules.minutes.max) add('minutes')
  for (const { duty, day } of turns) {
    if (day + 1 < problem.days && problem.duties[duty]!.notNext.includes(roster[day + 1]!)) add('next', day + 1)
  }
  if (before && before.last !== OFF && problem.duties[before.last]!.notNext.includes(roster[0]!)) add('next')
  if (rules.inRow) {
    const { duties, most } = rules.inRow
    let row = before?.inRow ?? 0
    for (const [day, duty] of roster.entries()) {
      row = duties.includes(duty) ? row + 1 : 0
      if (row > most) add('in_row', day)
    }
  }
  for (const { duty, from, to } of runsOf(roster, before)) {
    // what began before the first day may be short: a run, and days off where nothing is said of the days before
    const touches = to === problem.days || (duty || !before ? from <= 0 : false)
    if (duty && to > 0 && to - from > rules.run.max) add('run_max', from)
    if (duty && !touches && to - from < rules.run.min) add('run_min', from)
    if (!duty && !touches && to - from < rules.rest) add('rest', from)
  }
  if (problem.weekends.filter(days => days.some(day => roster[day] !== OFF)).length > rules.weekends) add('weekends')
  return found
}

/** Every hard rule the roster breaks; a roster that may be published breaks none. */
export function breaches(problem: Problem, roster: Roster): Breach[] {
  return roster.flatMap((one, person) => breachesOf(problem, person, one))
}

/** What is empty or too much costs in the cells [from, to), with so many turns by day × duty. */
export function placesCost({ need, under, over }: Problem, count: Int32Array, from: number, to: number): number {
  let cost = 0
  for (let i = from; i < to; i++) {
    const missing = need[i]! - count[i]!
    cost += missing > 0 ? missing * under[i]! : -missing * over[i]!
  }
  return cost
}

/** What the roster costs. */
export function costOf(problem: Problem, roster: Roster): Cost {
  const { need, people, duties } = problem
  const count = new Int32Array(need.length)
  let [wishes, load] = [problem.offset, 0]
  for (const [person, turns] of roster.entries()) {
    const { load: mine, rules } = people[person]!
    const minutes = turns.reduce((sum, duty) => duty === OFF ? sum : sum + duties[duty]!.minutes, 0)
    if (mine) load += mine.cost[Math.round(minutes / mine.unit)]!
    // a roster with more turns than its limit is a breach, and has no price
    for (const limit of rules.limits) load += limit.cost?.[counted(limit, turns)] ?? 0
    for (const [day, duty] of turns.entries()) {
      if (duty === OFF) continue
      count[day * duties.length + duty]!++
      wishes += people[person]!.wishes[day * duties.length + duty]!
    }
  }
  const places = placesCost(problem, count, 0, count.length)
  return { places, wishes, load, total: places + wishes + load }
}

/** A place that stays empty: `missing` of them by day and duty. */
export interface Unfilled { day: number, duty: number, missing: number }

/** The places that a roster leaves empty. */
export function unfilledOf({ duties, need }: Problem, roster: Roster): Unfilled[] {
  const count = new Int32Array(need.length)
  for (const turns of roster) {
    for (const [day, duty] of turns.entries()) {
      if (duty >= 0) count[day * duties.length + duty]!++
    }
  }
  return [...need].flatMap((n, i) => n <= count[i]!
    ? []
    : [{ day: Math.floor(i / duties.length), duty: i % duties.length, missing: n - count[i]! }])
}
