import type { Span } from '#domain/span.ts'
import type { OpenDraft } from '#queries/autoRows.ts'
import type { Rule } from '#solver/judge.ts'
import type { Before, Person, Problem, Roster } from '#solver/problem.ts'
import type { AutoInput, Server } from './autoInput.ts'
import { outOfScope } from '#domain/askables.ts'
import { atShanghai, DAY, dayKey, daysBetween, ms } from '#domain/time.ts'
import { breachesOf } from '#solver/judge.ts'
import { gcd } from '#solver/network.ts'
import { OFF } from '#solver/problem.ts'
import { dutyDay, Kinds } from './kinds.ts'
import { awayOf, BEFORE, rulesOf, shareLimits } from './personRules.ts'
import { owedMinutes } from './quotas.ts'
import { hourCosts, PLACE, withOwed } from './shares.ts'
import { pastOf, wishCosts } from './wished.ts'

/** The problem, and how to read its answer. */
export interface AutoProblem {
  problem: Problem
  kinds: Kinds
  /** the servers of the problem's people */
  servers: Server[]
  /** the others, whose settled turns break a rule already; `day` of these days */
  broken: { server: Server, rule: Rule, day: string }[]
  /** turns that are settled, by person: nothing else is changed */
  settled: Roster
  /** the day and the duty of a shift */
  cellOf: (shift: OpenDraft) => { day: number, duty: number }
  /** when a duty of a day is served */
  spanOf: (day: number, duty: number) => Span
}

/** The settled turns of one person by day: two on a day are one long turn. */
type TurnDays = Map<number, Span>

/** Turns after the last day bind as far as rules of days in a row reach. */
const AFTER = 6

/** Which shifts are at posts that some of the servers are never asked to hold. */
function shutOf({ servers }: AutoInput): (shift: OpenDraft) => boolean {
  const kinds = [...new Set(servers.map(server => server.kind))]
  return ({ post_kind }) => kinds.some(kind => outOfScope(kind, post_kind))
}

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
  const isShut = shutOf(input)
  const cellOf: AutoProblem['cellOf'] = shift =>
    ({ day: dayOf(shift), duty: kinds.of(shift, isShut(shift), shift.skill ?? null) })
  const needed = new Set(input.shifts.map(shift => cellOf(shift).duty))
  const last = Math.max(...[...turns.values()].flatMap(mine => [...mine.keys()]), input.days.length - 1)
  const days = Math.min(last + 1, input.days.length + AFTER)
  const duties = kinds.duties(input.lift !== 'rest')
  const unit = kinds.all.reduce((sum, k) => gcd(sum, k.minutes), 0)
  const [past, wishesOf, owed] = [pastOf(input.servers), wishCosts(kinds, days), owedMinutes(input)]
  const cell = ({ day, duty }: { day: number, duty: number }): number => day * duties.length + duty

  function personOf(server: Server, i: number): Person {
    const mine = turns.get(server.id) ?? new Map<number, Span>()
    const inside = [...mine].filter(([day]) => day >= 0 && day < days)
    const pins = inside.map(([day, span]) => ({ day, duty: kinds.of(span) }))
    for (let day = input.days.length; day < days; day++) {
      if (!mine.has(day)) pins.push({ day, duty: OFF })
    }
    const away = awayOf(server, input, kinds, needed).filter(({ day }) => !mine.has(day))
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
  const broken = fixed.flatMap((roster, i) => breachesOf(empty, i, roster).slice(0, 1))
  const kept = [...people.keys()].filter(i => !broken.some(({ person }) => person === i))
  for (const shift of input.shifts) need[cell(cellOf(shift))]! += shift.missing
  for (const i of kept) {
    for (const { day, duty } of people[i]!.pins) {
      if (duty !== OFF) need[cell({ day, duty })]!++
    }
  }
  return {
    problem: { ...empty, people: kept.map(i => people[i]!) },
    kinds,
    servers: kept.map(i => input.servers[i]!),
    broken: broken.map(({ person, rule, day }) =>
      ({ server: input.servers[person]!, rule, day: dayKey(first + day * DAY) })),
    settled: kept.map(i => fixed[i]!),
    cellOf,
    spanOf: (day, duty) => kinds.spanOn(first + day * DAY, duty),
  }
}
