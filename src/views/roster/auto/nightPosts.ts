import type { OpenDraft } from '#queries/autoRows.ts'
import type { Roster } from '#solver/problem.ts'
import type { AutoInput } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import { breachesOf } from '#solver/judge.ts'
import { OFF } from '#solver/problem.ts'
import { restJudge } from './forbidden.ts'

/** Open shifts of one day and one time, whatever their posts; `duties` = the kinds they are. */
export interface Time { day: number, duties: Set<number>, shifts: OpenDraft[] }

/** The open shifts by day and time, in order. */
export function timesOf({ shifts }: AutoInput, { cellOf, kinds }: AutoProblem): Time[] {
  const times: Time[] = []
  for (const shift of shifts) {
    const { day, duty } = cellOf(shift)
    const known = times.find(time => time.day === day && [...time.duties].some(other => kinds.isSameTime(other, duty)))
    if (known) {
      known.duties.add(duty)
      known.shifts.push(shift)
    }
    else {
      times.push({ day, duties: new Set([duty]), shifts: [shift] })
    }
  }
  return times.sort((a, b) => a.day - b.day || Math.min(...a.duties) - Math.min(...b.duties))
}

/** Who serves at a time without having been there before, by number. */
export function servingAt({ day, duties }: Time, { settled }: AutoProblem, roster: Roster): number[] {
  return [...roster.keys()].filter(i => duties.has(roster[i]![day]!) && settled[i]![day] === OFF)
}

/** How many people a post needs to reach its minimum; 0 by day and where it is reached. */
export const lackOf = ({ least, level }: OpenDraft): number => Math.max(0, least - level)
/** Whether the open places are enough for its minimum. */
export const canReach = (shift: OpenDraft): boolean => lackOf(shift) <= shift.missing

/** What so many people do for the posts of a time: those who bring no post to its minimum, and what the next lacks. */
function standing({ shifts }: Time, people: number): { spare: number, next: number } {
  const lacks = shifts.filter(canReach).map(lackOf).filter(lack => lack > 0).sort((a, b) => a - b)
  let spare = people
  for (const lack of lacks) {
    if (spare < lack) return { spare, next: lack - spare }
    spare -= lack
  }
  return { spare, next: 0 }
}

/** Moves one person to another time if no rule forbids it; answers the roster, null = a rule forbids it. */
function moved(
  { problem }: AutoProblem, isTired: ReturnType<typeof restJudge>, roster: Roster,
  person: number, from: Time, to: Time,
): Roster | null {
  const mine = roster[person]!
  if (from.day !== to.day && mine[to.day] !== OFF) return null
  for (const duty of to.duties) {
    const cell = to.day * problem.duties.length + duty
    const taken = roster.filter(one => one[to.day] === duty).length
    if (taken >= problem.need[cell]!) continue
    const changed = mine.slice()
    changed[from.day] = OFF
    changed[to.day] = duty
    if (breachesOf(problem, person, changed).length > 0 || isTired(person, changed) !== null) continue
    return roster.map((one, i) => i === person ? changed : one)
  }
  return null
}

/**
 * Brings night posts to their minimum (R18) with people who would stand below it at another time: the solver counts
 * places and knows no pairs. As many places are filled as before, and no rule is broken.
 */
export function pairUp(input: AutoInput, of: AutoProblem, made: Roster): Roster {
  const nights = timesOf(input, of).filter(({ shifts }) => shifts.some(shift => shift.least > 0))
  const isTired = restJudge(input, of)
  const standingOf = (time: Time, roster: Roster): ReturnType<typeof standing> =>
    standing(time, servingAt(time, of, roster).length)

  /** the roster with the next post of a time at its minimum; null = too few people can come */
  function reached(to: Time, roster: Roster): Roster | null {
    let [lack, now] = [standingOf(to, roster).next, roster]
    for (const from of nights.filter(other => other !== to)) {
      let { spare } = standingOf(from, now)
      for (const person of servingAt(from, of, now)) {
        const changed = lack > 0 && spare > 0 ? moved(of, isTired, now, person, from, to) : null
        if (changed) [now, lack, spare] = [changed, lack - 1, spare - 1]
      }
    }
    return lack === 0 ? now : null
  }
  let roster = made
  for (;;) {
    const below = nights.filter(time => standingOf(time, roster).next > 0)
    below.sort((a, b) => standingOf(a, roster).next - standingOf(b, roster).next)
    const better = below.reduce<Roster | null>((found, time) => found ?? reached(time, roster), null)
    if (better === null) return roster
    roster = better
  }
}
