import type { HourCode } from '#domain/weekParts.ts'
import type {
  AssignmentState, CalloutKind, CalloutState, DayKind, ModeState, OrgLevel, ShiftState, WaitlistChoice,
} from '#domain/words.ts'
import { readFileSync } from 'node:fs'

/** Reads vectors. The test beside the phone's rule asks them of TypeScript, the tests of tests/db ask them of SQL. */
function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as T
}

/** A number or contact, how it is shown, its tail: `maskPhone`, `private.phone_tail`. */
export const maskCases = read<[phone: string, shown: string, tail: string | null][]>('mask')

/** A duty line as typed, kept, dialled and said: `plainLine`, `dialLink`, `spokenNumber`, `private.plain_line`. */
export const dutyLineCases =
  read<[typed: string, kept: string | null, dialled: string | null, said: string | null][]>('dutyLine')

/** A sign-in name as typed, and as it is looked up: `signInName`, `private.normal_name`. */
export const signInCases = read<[typed: string, name: string][]>('signIn')

/** When a yes is due, `eta` minutes said, and whether the screen asks for minutes: `asksEta`, `private.due_at`. */
export const dueCases = read<
  { name: string, now: string, starts: string, eta: number | null, asks: boolean, due: string }[]
>('due')

/** A yes and the moment from which the server asks again: `staleAt`, `private.is_stale`. */
export const staleCases = read<{ name: string, tapped: string, starts: string, stale: string }[]>('stale')

/** Spans that are not over at a moment, by their place in the list: `notOver`, `private.not_over`. */
export const notOverCases = read<
  { name: string, now: string, spans: [from: string, to: string][], left: number[] }[]
>('notOver')

/** Moves of a shift, and whether its people confirm again: `asksAgain`, `private.asks_again`. */
export const moveCases = read<
  { name: string, was: [from: string, to: string], now: [from: string, to: string], asks: boolean }[]
>('moves')

/**
 * Whether the community picks who of a waitlist gets a freed place: `communityPicks`, `private.community_picks`. Until
 * when a place of a roster is held: `heldUntil`, `private.held_until`.
 */
export const waitlist = read<{
  picks: { name: string, choice: WaitlistChoice, callout: boolean, starts: string, now: string, picks: boolean }[]
  held: { name: string, starts: string, ends: string, now: string, until: string }[]
}>('waitlist')

/** Codes of doors as they are typed, and the hashes that stand on a card: `doorCodeOf`, `doorProof`. */
export const door = read<
  { codes: { typed: string, code: string | null }[], hashes: { assignment: string, code: string, hash: string }[] }
>('door')

/** Whose mode holds for a unit at a moment; units as [id, level, parent], modes as [unit, state, expiry]: `modeOf`. */
export const mode = read<{
  units: [id: string, level: OrgLevel, parent: string | null][],
  cases: {
    name: string,
    unit: string,
    now: string,
    modes: [unit: string, state: ModeState, expires: string][],
    mode: string | null,
  }[],
}>('mode')

/** Relief of a shift: `reliefOf`. line: kind and state of its call-out, null on a roster. shifts: at the same post. */
export const reliefCases = read<{
  name: string
  mine: [from: string, to: string]
  line: [CalloutKind, CalloutState] | null
  shifts: [id: string, from: string, to: string, state: ShiftState][]
  people: [shift: string, state: AssignmentState][]
  relief: 'none' | 'stood_down' | 'known' | 'coming' | 'missing'
  owed: boolean
}[]>('relief')

/** Planned shifts on posts that have some already: `coveredShifts`, `private.covered_shifts`. */
export const postCoverCases = read<{
  name: string
  standing: [post: string, from: string, to: string, state: ShiftState][]
  planned: [post: string, from: string, to: string][]
  covered: boolean[]
}[]>('postCover')

/**
 * The parts of a week that suit somebody, what they said of today, days of the calendar, and a shift; and when today
 * ends: `isOffHours`, `private.is_off_hours`; `nightEnd`, `private.night_end`.
 */
export const availability = read<{
  hours: {
    name: string, fits: HourCode[] | null, ready: string | null, days: Record<string, DayKind>,
    span: [from: string, to: string], now?: string, off: boolean
  }[]
  nightEnd: { name: string, at: string, until: string }[]
}>('availability')

/** Absences and a shift, and which of them the person is away by: `awayDuring`, `private.absence_at`. */
export const absenceCases = read<{
  name: string, absences: [from: string, to: string][], span: [from: string, to: string], away: number | null
}[]>('absence')

/** Whether a place on a shift still changes hands by itself: `changesHands`, `private.changes_hands`. */
export const coverCases = read<
  { name: string, starts: string, callout: boolean, now: string, free: boolean }[]
>('cover')

/** Stand-in codes of a key at a moment: `standInCode`, `private.stand_in_code`. */
export const standInCases = read<{ key: string, at: string, code: string }[]>('standIn')

/** Words and what `stripNumbers` keeps of them; words whose digits are no phone number; the same in JSON. */
export const numbers = read<{ strip: [string, string][], keep: string[], json: [unknown, unknown][] }>('numbers')
