import type { Roster } from '#solver/problem.ts'
import type { AutoInput } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import type { Seat } from './seats.ts'
import type { Served } from './served.ts'
import { whyNot } from '#solver/causes.ts'
import { OFF } from '#solver/problem.ts'

/**
 * Why somebody was chosen, each holds against everybody else who could stand there: nobody else could; they alone serve
 * for a unit with a quota; they wish for more; all others wish for fewer turns, or for no nights; longest without duty
 * (days, null = no duty is known); fewest holidays, nights, free days, hours so far; even = together it is more even
 * than with another.
 */
export type ChoiceReason =
  | { code: 'only' | 'wishes_more' | 'others_wish' | 'even' } | { code: 'quota', unit: string }
  | { code: 'longest', days: number | null }
  | { code: 'holidays' | 'nights' | 'weekends', n: number } | { code: 'hours', hours: number }

/** What somebody has served before one turn of the roster: the past and the turns before it. */
function standing(of: AutoProblem, roster: Roster, person: number, day: number, input: AutoInput): Served {
  const { served } = of.servers[person]!
  const total = { ...served, since: served.since === null ? null : served.since + day }
  for (let d = 0; d < day; d++) {
    const duty = roster[person]![d]!
    if (duty === OFF) continue
    const kind = of.kinds.all[duty]!
    total.hours += kind.minutes / 60
    total.nights += Number(kind.night)
    total.weekends += Number(input.restDays.includes(input.days[d]!))
    total.holidays += Number(input.holidays.includes(input.days[d]!))
    total.since = day - d
  }
  return total
}

/** What wishes say about a choice, if they set the person apart from all others who could take the place. */
function wishReason(
  { servers }: AutoProblem, others: readonly number[], person: number, night: boolean,
): 'wishes_more' | 'others_wish' | null {
  const minds = (i: number): boolean =>
    servers[i]!.wish?.turns === 'fewer' || (night && servers[i]!.wish?.nights === 'no')
  if (others.every(minds) && !minds(person)) return 'others_wish'
  const wantsMore = (i: number): boolean => servers[i]!.wish?.turns === 'more'
  return wantsMore(person) && !others.some(wantsMore) ? 'wishes_more' : null
}

/** The reason of one choice: the first that holds against everybody else who could take the place. */
export function reasonOf(input: AutoInput, of: AutoProblem, roster: Roster, seat: Seat): ChoiceReason {
  const { person, day } = seat
  const duty = roster[person]![day]!
  const could = [...roster.keys()].filter((i) => {
    const why = i === person ? 'pin' : whyNot(of.problem, roster, i, { day, duty, missing: 1 })
    return why === 'free' || why === 'dearer'
  })
  if (could.length === 0) return { code: 'only' }
  const owing = (i: number): string | null =>
    input.quotas.find(q => q.least > 0 && q.unit === of.servers[i]!.unit)?.unit ?? null
  if (owing(person) !== null && could.every(i => owing(i) === null)) return { code: 'quota', unit: owing(person)! }
  const wished = wishReason(of, could, person, of.kinds.all[duty]!.night)
  if (wished) return { code: wished }
  const mine = standing(of, roster, person, day, input)
  const others = could.map(i => standing(of, roster, i, day, input))
  const isLeast = (of: (served: Served) => number): boolean =>
    others.every(o => of(mine) <= of(o)) && others.some(o => of(mine) < of(o))
  const date = input.days[day]!
  if (input.holidays.includes(date) && isLeast(s => s.holidays)) return { code: 'holidays', n: mine.holidays }
  if (of.kinds.all[duty]!.night && isLeast(s => s.nights)) return { code: 'nights', n: mine.nights }
  if (input.restDays.includes(date) && isLeast(s => s.weekends)) return { code: 'weekends', n: mine.weekends }
  if (isLeast(s => -(s.since ?? Infinity))) return { code: 'longest', days: mine.since }
  if (isLeast(s => s.hours)) return { code: 'hours', hours: Math.round(mine.hours) }
  return { code: 'even' }
}
