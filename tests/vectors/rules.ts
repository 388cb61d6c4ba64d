import type { AssignmentState, CalloutKind, CalloutState, ModeState, OrgLevel, ShiftState } from '#domain/rows.ts'
import { readFileSync } from 'node:fs'

/** A list of vectors, read by the test of the phone's rule beside it and by tests/db/vectors.test.ts, which asks SQL. */
function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as T
}

/** A number or contact, how it is shown, its tail: `maskPhone`, `phoneTail`. */
export const maskCases = read<[phone: string, shown: string, tail: string | null][]>('mask')

/** When a yes is due, `eta` minutes said, and whether the screen asks for minutes: `asksEta`, `private.due_at`. */
export const dueCases = read<
  { name: string, now: string, starts: string, eta: number | null, asks: boolean, due: string }[]
>('due')

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

/** Relief of a shift; the call-out as [kind, state], null on a roster; shifts at the same post as [id, from, to, state]: `reliefOf`. */
export const reliefCases = read<{
  name: string
  mine: [from: string, to: string]
  line: [CalloutKind, CalloutState] | null
  shifts: [id: string, from: string, to: string, state: ShiftState][]
  people: [shift: string, state: AssignmentState][]
  relief: 'none' | 'stood_down' | 'known' | 'coming' | 'missing'
  owed: boolean
}[]>('relief')
