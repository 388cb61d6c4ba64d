import type { Span } from '#domain/span.ts'
import type { OpenDraft } from '#queries/autoRows.ts'
import type { Before, Limit, Person, Problem, Roster } from '#solver/problem.ts'
import type { Kind } from './kinds.ts'
import type { Quota } from './quotas.ts'
import type { Served } from './served.ts'
import type { Past } from './shares.ts'
import type { Wished } from './wished.ts'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, daysBetween, MINUTE, ms } from '#domain/time.ts'
import { breachesOf } from '#solver/judge.ts'
import { gcd } from '#solver/network.ts'
import { OFF } from '#solver/problem.ts'
import { dutyDay, Kinds } from './kinds.ts'
import { owedMinutes } from './quotas.ts'
import { hourCosts, PLACE, turnCosts, withOwed } from './shares.ts'
import { pastOf, wishCosts } from './wished.ts'

/** A turn that stays as it is. */
export interface SettledTurn extends Span { responder_id: string, post_id: string }
/**
 * Somebody who may be put on a shift. `away` = when they are not there, `off` = outside the hours in which they can
 * serve; `night`: they agreed to be called at night.
 */
export interface Server {
  id: string, name: string, night: boolean, away: readonly Span[], off: readonly Span[]
  unit: string | null, wish: Wished, served: Served
}

/** A rule that a coordinator may lift by name (R17), or that the person may. */
export type Liftable = 'rest' | 'nights' | 'days' | 'night_hours' | 'consent' | 'absence' | 'hours'
export const LIFTABLE: readonly Liftable[] = ['rest', 'nights', 'days', 'night_hours', 'consent', 'absence', 'hours']

/** What an automatic roster is made from. */
export interface AutoInput {
  /** consecutive duty days, YYYY-MM-DD */
  days: readonly string[]
  shifts: readonly OpenDraft[]
  /** all that are known up to a week after the last day */
  turns: readonly SettledTurn[]
  servers: readonly Server[]
  /** free days among the days, and public holidays, which are not among the free days */
  restDays: readonly string[]
  holidays: readonly string[]
  /** turns that partner units still owe in these days, beside those that are settled */
  quotas: readonly Quota[]
  /** the rule that is left aside, to see what it keeps empty */
  lift: Liftable | null
}

/** The problem, and how to read its answer. */
export interface AutoProblem {
  problem: Problem
  kinds: Kinds
  /** the servers of the problem's people; those whose settled turns break a rule already are not among them */
  servers: Server[]
  /** turns that are settled, by person: nothing else is changed */
  settled: Roster
  dayOf: (span: Span) => number
  /** when a duty of a day is served */
  spanOf: (day: number, duty: number) => Span
}

/** The settled turns of one person by day: two on a day are one long turn. */
type TurnDays = Map<number, Span>

const LONGEST_ROW = { nights: 3, days: 6 }
/** So many days before the first one are looked at: rules of days in a row reach no further. */
const BEFORE = 9
/** Turns after the last day bind as far as rules of days in a row reach. */
const AFTER = 6

function byPerson({ turns }: AutoInput, dayOf: (span: Span) => number): Map<string, TurnDays> {
  const all = new Map<string, TurnDays>()
  for (const { responder_id, starts_at, ends_at } of turns) {
    const mine = all.get(responder_id) ?? new Map<number, Span>()
    const day = dayOf({ starts_at, ends_at })
    if (day < -BEFORE) continue
    const known = mine.get(day)
    mine.set(day, {
      starts_at: known && known.starts_at < starts_at ? known.starts_at : starts_at,
      ends_at: known && ms(known.ends_at) > ms(ends_at) ? known.ends_at : ends_at,
    })
    all.set(responder_id, mine)
  }
  return all
}

/** How the days before ended for somebody. */
function beforeOf(turns: TurnDays, kinds: Kinds): Before | null {
  const back = (day: number): number => turns.has(day) ? kinds.of(turns.get(day)!) : OFF
  let [run, inRow, off] = [0, 0, 0]
  while (turns.has(-1 - run)) run++
  while (inRow < run && kinds.all[back(-1 - inRow)]!.night) inRow++
  if (run > 0) return { last: back(-1), run, inRow, off: 0 }
  while (off < BEFORE && !turns.has(-1 - off)) off++
  return { last: OFF, run: 0, inRow: 0, off }
}

/** `needed` = the kinds that have open places: nobody is put on any other. */
interface RulesOf { server: Server, lift: Liftable | null, needed: ReadonlySet<number> }

/** Rules of one person (R17): soft limits are kept like hard ones, because only a coordinator lifts them by name. */
function rulesOf(pins: Person['pins'], kinds: Kinds, of: RulesOf, costs: Limit[], total: number): Person['rules'] {
  const own = (duties: number[]): number => pins.filter(p => duties.includes(p.duty)).length
  // with its days: a turn before the first day is still known, though the person may not do it again
  const days = Array.from({ length: total }, (_, day) => day)
  const not = (duties: number[]): Limit[] => duties.length > 0 ? [{ duties, days, most: own(duties) }] : []
  const { server, lift, needed } = of
  const may = (k: Kind): boolean => !k.never && (!k.soft || lift === 'night_hours')
  // one turn of odd hours, somewhere in these weeks, must not make rosters of minutes
  const never = [...kinds.all.keys()].filter(k => !needed.has(k) || !may(kinds.all[k]!))
  const nights = kinds.which(k => k.night)
  return {
    minutes: { min: 0, max: total * 24 * 60 },
    run: { min: 1, max: lift === 'days' ? total + BEFORE : LONGEST_ROW.days },
    rest: 0,
    weekends: total,
    inRow: nights.length > 0 && lift !== 'nights' ? { duties: nights, most: LONGEST_ROW.nights } : null,
    limits: [...never.flatMap(k => not([k])), ...server.night || lift === 'consent' ? [] : not(nights), ...costs],
  }
}

/** What turns cost each person so that nights, free days and holidays are even, each by itself. */
function shareLimits(input: AutoInput, kinds: Kinds, past: Past): Limit[] {
  const among = (days: readonly string[]): number[] => days.map(day => input.days.indexOf(day)).filter(i => i >= 0)
  const limit = (share: 'nights' | 'weekends' | 'holidays', duties: number[], days: number[]): Limit[] =>
    duties.length > 0 && days.length > 0
      ? [{ duties, days, most: days.length, cost: turnCosts(share, past, days.length) }]
      : []
  return [
    ...limit('nights', kinds.which(k => k.night), [...input.days.keys()]),
    ...limit('weekends', [...kinds.all.keys()], among(input.restDays)),
    ...limit('holidays', [...kinds.all.keys()], among(input.holidays)),
  ]
}

/** The duties that lie in somebody's absence or outside their hours, by day. */
function awayOf({ away, off }: Server, lift: Liftable | null, kinds: Kinds, days: readonly string[]): Person['away'] {
  const shut = [...lift === 'absence' ? [] : away, ...lift === 'hours' ? [] : off]
  return days.flatMap((key, day) => {
    const duties = [...new Set(shut.flatMap(span => kinds.touching(span, atShanghai(key))))]
    return duties.length > 0 ? [{ day, duties }] : []
  })
}

/** The roster of settled turns alone. */
function rosterOf(pins: Person['pins'], days: number): Int16Array {
  const roster = new Int16Array(days).fill(OFF)
  for (const { day, duty } of pins) roster[day] = duty
  return roster
}

const minutesOf = (roster: Int16Array, duties: Problem['duties']): number =>
  roster.reduce((sum, duty) => duty === OFF ? sum : sum + duties[duty]!.minutes, 0)

/** Builds the problem of filling the open places of some days (docs/solver.md). */
export function autoProblem(input: AutoInput): AutoProblem {
  const first = atShanghai(input.days[0]!)
  const dayOf = (span: Span): number => daysBetween(first, dutyDay(span))
  const turns = byPerson(input, dayOf)
  const kinds = new Kinds()
  for (const mine of turns.values()) {
    for (const span of mine.values()) kinds.of(span)
  }
  const needed = new Set(input.shifts.map(shift => kinds.of(shift)))
  const last = Math.max(...[...turns.values()].flatMap(mine => [...mine.keys()]), input.days.length - 1)
  const days = Math.min(last + 1, input.days.length + AFTER)
  const duties = kinds.duties(input.lift !== 'rest')
  const unit = kinds.all.reduce((sum, k) => gcd(sum, k.minutes), 0)
  const [past, wishesOf, owed] = [pastOf(input.servers), wishCosts(kinds, days), owedMinutes(input)]
  const cell = (day: number, kind: number): number => day * duties.length + kind

  function personOf(server: Server, i: number): Person {
    const mine = turns.get(server.id) ?? new Map<number, Span>()
    const inside = [...mine].filter(([day]) => day >= 0 && day < days)
    const pins = inside.map(([day, span]) => ({ day, duty: kinds.of(span) }))
    for (let day = input.days.length; day < days; day++) {
      if (!mine.has(day)) pins.push({ day, duty: OFF })
    }
    const away = awayOf(server, input.lift, kinds, input.days).filter(({ day }) => !mine.has(day))
    const rules = rulesOf(pins, kinds, { server, lift: input.lift, needed }, shareLimits(input, kinds, past[i]!), days)
    const even = hourCosts(past[i]!, server.served.since, unit, rules.minutes.max)
    const settled = minutesOf(rosterOf(pins, days), duties)
    const cost = owed.of[i]! > 0 ? withOwed(even, unit, settled + owed.of[i]!, owed.turn) : even
    const wishes = wishesOf(server.wish)
    return { id: server.id, rules, away, pins, before: beforeOf(mine, kinds), load: { unit, cost }, wishes }
  }
  const weekends: number[][] = []
  const rest = { days, duties, weekends, offset: 0 }
  const need = new Int32Array(days * duties.length)
  const under = Float64Array.from(need, (_, i) => kinds.all[i % duties.length]!.night ? PLACE.night : PLACE.day)
  // one too many is never worth it
  const over = new Float64Array(need.length).fill(2 * PLACE.night)
  const people = input.servers.map(personOf)
  const empty: Problem = { ...rest, people, need, under, over }
  const fixed = people.map(({ pins }) => rosterOf(pins, days))
  // somebody whose turns break a rule already was put there by name, and gets nothing more
  const kept = [...people.keys()].filter(i => breachesOf(empty, i, fixed[i]!).length === 0)
  for (const shift of input.shifts) need[cell(dayOf(shift), kinds.of(shift))]! += shift.missing
  for (const i of kept) {
    for (const { day, duty } of people[i]!.pins) {
      if (duty !== OFF) need[cell(day, duty)]!++
    }
  }
  return {
    problem: { ...empty, people: kept.map(i => people[i]!) },
    kinds,
    servers: kept.map(i => input.servers[i]!),
    settled: kept.map(i => fixed[i]!),
    dayOf,
    spanOf: (day, duty) => {
      const from = first + day * DAY + kinds.all[duty]!.start * MINUTE
      return spanOf(from, from + kinds.all[duty]!.minutes * MINUTE)
    },
  }
}
