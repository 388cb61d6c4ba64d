import type { ResponderKind } from '#domain/words.ts'
import { normalCode } from '#domain/doorCode.ts'

export interface DoorPerson { name: string | null, role: ResponderKind | null, post: string }
/** What `duty_board` answers (docs/protocol.md). */
export interface DoorAnswer {
  now: string, found: boolean, building: string | null, estate: string | null, grid: string | null
  community: string | null, street: string | null
  duty_line: string | null, mode: { ground: string, opened_by_name: string, expires_at: string } | null, demo: boolean
  now_on: (DoorPerson & { until: string })[], vacant: boolean
  next: { starts_at: string, ends_at: string, people: DoorPerson[] } | null, helps: string[]
}

type Fits = (value: unknown) => boolean
const text: Fits = value => typeof value === 'string'
const flag: Fits = value => typeof value === 'boolean'
const moment: Fits = value => typeof value === 'string' && !Number.isNaN(Date.parse(value))
const orNull = (fits: Fits): Fits => value => value === null || fits(value)
const listOf = (fits: Fits): Fits => value => Array.isArray(value) && value.every(fits)
const shaped = (shape: Record<string, Fits>): Fits => value => typeof value === 'object' && value !== null
  && Object.entries(shape).every(([key, fits]) => fits((value as Record<string, unknown>)[key]))

const PERSON = { name: orNull(text), role: orNull(text), post: text }
const ANSWER_SHAPE = shaped({
  now: moment,
  found: flag,
  building: orNull(text),
  estate: orNull(text),
  grid: orNull(text),
  community: orNull(text),
  street: orNull(text),
  duty_line: orNull(text),
  mode: orNull(shaped({ ground: text, opened_by_name: text, expires_at: moment })),
  demo: flag,
  now_on: listOf(shaped({ ...PERSON, until: moment })),
  vacant: flag,
  next: orNull(shaped({ starts_at: moment, ends_at: moment, people: listOf(shaped(PERSON)) })),
  helps: listOf(text),
} satisfies Record<keyof DoorAnswer, Fits>)

/**
 * True for data of this shape, down to the last column: what a captive portal, an older cache or another server answers
 * is not shown. By hand, so that this page stays small.
 */
export function isDoorAnswer(value: unknown): value is DoorAnswer {
  return ANSWER_SHAPE(value)
}

/** An answer whose people may no longer be shown (older than 24 h): the building and the numbers stay. */
export function withoutPeople(answer: DoorAnswer): DoorAnswer {
  return { ...answer, now_on: [], next: null, helps: [], mode: null, vacant: true }
}

/** The door code of a path such as /b/abcd-efgh12, in its normal form; '' when there is none. */
export function doorCode(path: string): string {
  const raw = /^\/b\/([^/?#]*)/.exec(path)?.[1] ?? ''
  return normalCode(raw.replace(/%20/g, '')).replace(/[^0-9A-Z]/g, '')
}
