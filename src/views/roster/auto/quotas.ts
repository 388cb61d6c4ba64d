import type { Span } from '#domain/span.ts'
import type { Served } from './served.ts'
import { minutes } from '#domain/span.ts'
import { atShanghai, DAY, ms } from '#domain/time.ts'

/** What a partner unit (结对单位) is to serve in the days of a roster: so many turns at least. */
export interface Quota { unit: string, least: number }
/** A unit that the roster leaves below its quota. */
export interface Short extends Quota { got: number }

/** Somebody who may serve for a unit. */
interface Member { id: string, unit: string | null, away: readonly Span[], served: Served }
/** What the turns of some days are made from. */
interface Days {
  days: readonly string[], shifts: readonly Span[], servers: readonly Member[], quotas: readonly Quota[]
}

/** The turns of each unit, by the people who have them. */
function turnsByUnit(people: readonly Pick<Member, 'id' | 'unit'>[], turns: readonly string[]): Map<string, number> {
  const unitOf = new Map(people.map(p => [p.id, p.unit]))
  const all = new Map<string, number>()
  for (const id of turns) {
    const unit = unitOf.get(id)
    if (unit) all.set(unit, (all.get(unit) ?? 0) + 1)
  }
  return all
}

/**
 * What units still owe of their quotas.
 * @param quotas of the whole roster
 * @param people with their units
 * @param turns whose they are, one entry for each turn that counts for a quota
 * @param part of the places still open that lie in the days now made, 0 to 1
 */
export function owedNow(
  quotas: readonly Quota[], people: readonly Pick<Member, 'id' | 'unit'>[], turns: readonly string[], part: number,
): Quota[] {
  const got = turnsByUnit(people, turns)
  return quotas.map(({ unit, least }) =>
    ({ unit, least: Math.ceil(Math.max(0, least - (got.get(unit) ?? 0)) * part) }))
}

/** The units that stay below their quotas. */
export function shortOf(
  quotas: readonly Quota[], people: readonly Pick<Member, 'id' | 'unit'>[], turns: readonly string[],
): Short[] {
  const got = turnsByUnit(people, turns)
  return quotas.map(quota => ({ ...quota, got: got.get(quota.unit) ?? 0 })).filter(({ got, least }) => got < least)
}

/** Is somebody away in all of these days? */
const gone = ({ away }: Member, days: readonly string[]): boolean => away.some(({ starts_at, ends_at }) =>
  ms(starts_at) <= atShanghai(days[0]!) && ms(ends_at) >= atShanghai(days.at(-1)!) + DAY)

/**
 * The minutes that each person owes for their unit, in the order of the servers: turns as even as can be, one more for
 * those who served least. Who is away all the time owes none. `turn` = the minutes of a turn, on the average.
 */
export function owedMinutes({ days, shifts, servers, quotas }: Days): { of: number[], turn: number } {
  const turn = shifts.reduce((sum, shift) => sum + minutes(shift), 0) / Math.max(1, shifts.length)
  const of = servers.map(() => 0)
  for (const { unit, least } of quotas) {
    const members = [...servers.keys()].filter(i => servers[i]!.unit === unit && !gone(servers[i]!, days))
    members.sort((a, b) => servers[a]!.served.hours - servers[b]!.served.hours || a - b)
    for (const [rank, i] of members.entries()) {
      of[i] = turn * (Math.floor(least / members.length) + Number(rank < least % members.length))
    }
  }
  return { of, turn }
}
