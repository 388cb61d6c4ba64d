import type { Span } from '#domain/span.ts'
import type { Limit, Person } from '#solver/problem.ts'
import type { AutoInput, Liftable, Server } from './autoInput.ts'
import type { Kind, Kinds } from './kinds.ts'
import type { Past } from './shares.ts'
import { outOfScope } from '#domain/askables.ts'
import { lackedSkill } from '#domain/person.ts'
import { overlaps } from '#domain/span.ts'
import { atShanghai } from '#domain/time.ts'
import { POST_KINDS } from '#domain/words.ts'
import { turnCosts } from './shares.ts'

/** `needed` = the kinds that have open places: nobody is put on any other. */
interface RulesOf { server: Server, lift: Liftable | null, needed: ReadonlySet<number> }
/** So many days before the first one are looked at: rules of days in a row reach no further. */
export const BEFORE = 9
/** In rows of days nobody serves more nights, or more days (R17). */
const LONGEST_ROW = { nights: 3, days: 6 }

/** Rules of one person (R17): soft limits are kept like hard ones, because only a coordinator lifts them by name. */
export function rulesOf(
  pins: Person['pins'], kinds: Kinds, of: RulesOf, costs: Limit[], total: number,
): Person['rules'] {
  const own = (duties: number[]): number => pins.filter(p => duties.includes(p.duty)).length
  // with its days: a turn before the first day is still known, though the person may not do it again
  const days = Array.from({ length: total }, (_, day) => day)
  const not = (duties: number[]): Limit[] => duties.length > 0 ? [{ duties, days, most: own(duties) }] : []
  const { server, lift, needed } = of
  const holdsAll = !POST_KINDS.some(post => outOfScope(server.kind, post))
  const fits = (k: Kind): boolean => (!k.shut || holdsAll) && lackedSkill(k.skill, server.skills) === null
  const may = (k: Kind): boolean => !k.never && (!k.soft || lift === 'night_hours') && fits(k)
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
export function shareLimits(input: AutoInput, kinds: Kinds, past: Past): Limit[] {
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

/** The kinds among `needed` that lie in somebody's absence or outside their hours, by day. */
export function awayOf(
  { away, isOff }: Server, { days, lift }: AutoInput, kinds: Kinds, needed: ReadonlySet<number>,
): Person['away'] {
  const isAway = (span: Span): boolean =>
    (lift !== 'absence' && away.some(other => overlaps(other, span))) || (lift !== 'hours' && isOff(span))
  return days.flatMap((key, day) => {
    const duties = [...needed].filter(kind => isAway(kinds.spanOn(atShanghai(key), kind)))
    return duties.length > 0 ? [{ day, duties }] : []
  })
}
