import type { OpenDraft } from '#queries/autoRows.ts'
import type { Cause, Why } from '#solver/causes.ts'
import type { AutoAsk, Week } from './autoAsk.ts'
import type { SettledTurn } from './autoInput.ts'
import type { ChoiceReason } from './choiceReasons.ts'
import type { Left } from './leftOut.ts'
import type { Short } from './quotas.ts'
import type { Seat } from './seats.ts'
import { mayHold, outOfScope } from '#domain/askables.ts'
import { causesOf } from '#solver/causes.ts'
import { turnsWithin } from './autoAsk.ts'
import { reasonOf } from './choiceReasons.ts'
import { leftOf } from './leftOut.ts'
import { shortOf } from './quotas.ts'
import { hoursOf } from './served.ts'
import { evenness } from './shares.ts'

/** Why people do not take an empty place, the commonest first; `gate`: they are never asked to hold its post. */
type GapWhy = { why: Why | 'gate' | 'skill', people: number[] }[]
/** A shift that keeps empty places; `why` null = it was stopped before its week was made. */
export interface AutoGap { shift: OpenDraft, missing: number, why: GapWhy | null }
/** A shift by night whose post has fewer people than it needs then (R18). */
export interface ThinNight { shift: OpenDraft, people: number }

/** What came out. `reason` tells why somebody was chosen, when it is asked. */
export interface AutoResult {
  shifts: readonly OpenDraft[]
  seats: Seat[]
  gaps: AutoGap[]
  thin: ThinNight[]
  reason: (seat: Seat) => ChoiceReason
  /** the day (YYYY-MM-DD) from which turns are known */
  known_since: string
  /** nobody can fill more places, and no roster is more even */
  proven: boolean
  /** the time was over before the search was: another one may end with another roster */
  late: boolean
  /** how evenly hours lie before and after, 0–100; null = nobody has any */
  even: { before: number | null, after: number | null }
  /** those with at least a shift more than the mean: hours with the past */
  over: { id: string, name: string, hours: number }[]
  /** units that stay below their quotas */
  short: Short[]
  /** who gets no turn, and why */
  left: Left[]
}

/** The hours of each person with the past and what is made. */
function hoursOfAll(ask: AutoAsk, seats: readonly Seat[], shifts: ReadonlyMap<string, OpenDraft>): Map<string, number> {
  const hours = new Map(ask.people.map(p => [p.id, 0]))
  const add = (id: string, span: OpenDraft | SettledTurn): void => {
    if (hours.has(id)) hours.set(id, hours.get(id)! + hoursOf(span))
  }
  for (const turn of ask.turns) add(turn.responder_id, turn)
  for (const seat of seats) add(seat.responder_id, shifts.get(seat.shift_id)!)
  return hours
}

/** How many people each shift got. */
function seatedOn(seats: readonly Seat[]): Map<string, number> {
  const seated = new Map<string, number>()
  for (const { shift_id } of seats) seated.set(shift_id, (seated.get(shift_id) ?? 0) + 1)
  return seated
}

/** The causes of an empty place, those who are never asked to hold its post, or lack its skill, apart. */
function whyOf({ why }: Cause, shift: OpenDraft, { servers }: Week['of']): GapWhy {
  const limited = why.flatMap(one => one.why === 'limit' ? one.people : [])
  const gate = limited.filter(i => outOfScope(servers[i]!.kind, shift.post_kind))
  const skill = limited.filter(i => !gate.includes(i) && !mayHold(servers[i]!, shift))
  const others = why.map(one =>
    one.why === 'limit' ? { ...one, people: one.people.filter(i => mayHold(servers[i]!, shift)) } : one)
  const apart = [{ why: 'gate' as const, people: gate }, { why: 'skill' as const, people: skill }]
  const all = [...others, ...apart].filter(one => one.people.length > 0)
  return all.sort((a, b) => b.people.length - a.people.length)
}

/** Places of the shifts that nobody took, with why; those of weeks that were not made, because it was stopped, too. */
function gapsOf(ask: AutoAsk, weeks: readonly Week[]): AutoGap[] {
  const made = new Set(weeks.flatMap(({ input }) => input.shifts))
  const unmade = ask.shifts.filter(shift => !made.has(shift))
  const found = weeks.flatMap(({ input, of, roster, seats }) => {
    const [causes, seated] = [causesOf(of.problem, roster), seatedOn(seats)]
    return input.shifts.flatMap((shift) => {
      const missing = shift.missing - (seated.get(shift.id) ?? 0)
      const at = of.cellOf(shift)
      const cause = causes.find(c => c.day === at.day && c.duty === at.duty)
      return missing > 0 ? [{ shift, missing, why: cause ? whyOf(cause, shift, of) : [] }] : []
    })
  })
  return [...found, ...unmade.map(shift => ({ shift, missing: shift.missing, why: null }))]
}

/** The posts that stay below their minimum in the nights that were made. */
function thinNights(weeks: readonly Week[]): ThinNight[] {
  return weeks.flatMap(({ input, seats }) => {
    const seated = seatedOn(seats)
    const all = input.shifts.map(shift => ({ shift, people: shift.level + (seated.get(shift.id) ?? 0) }))
    return all.filter(({ shift, people }) => people < shift.least)
  })
}

/** What came of the parts of the days, told together. */
export function resultOf(
  ask: AutoAsk, weeks: readonly Week[], { proven, late }: Pick<AutoResult, 'proven' | 'late'>,
): AutoResult {
  const seats = weeks.flatMap(w => w.seats)
  const shifts = new Map(ask.shifts.map(s => [s.id, s]))
  const [before, after] = [hoursOfAll(ask, [], shifts), hoursOfAll(ask, seats, shifts)]
  const mean = [...after.values()].reduce((a, b) => a + b, 0) / Math.max(1, after.size)
  const shift = Math.max(0, ...ask.shifts.map(hoursOf))
  const names = new Map(ask.people.map(p => [p.id, p.name]))
  const over = [...after].filter(([, hours]) => hours >= mean + shift && hours > mean)
  const weekOf = new Map(weeks.flatMap(week => week.seats.map(seat => [seat, week])))
  return {
    shifts: ask.shifts,
    seats,
    gaps: gapsOf(ask, weeks),
    thin: thinNights(weeks),
    reason: (seat) => {
      const { input, of, roster } = weekOf.get(seat)!
      return reasonOf(input, of, roster, seat)
    },
    known_since: ask.known_since,
    proven,
    late,
    even: { before: evenness([...before.values()]), after: evenness([...after.values()]) },
    over: over.sort((a, b) => b[1] - a[1]).map(([id, n]) => ({ id, name: names.get(id)!, hours: Math.round(n) })),
    short: shortOf(ask.quotas ?? [], ask.people, [...turnsWithin(ask), ...seats.map(seat => seat.responder_id)]),
    left: leftOf(ask.left, weeks),
  }
}
