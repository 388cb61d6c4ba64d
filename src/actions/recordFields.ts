import type { PostFields, UnitFields } from './places.ts'
import type { ResponderFields } from './responders.ts'
import * as v from 'valibot'
import { plainLine } from '#domain/dutyLine.ts'
import { RESPONDER_KINDS } from '#domain/person.ts'
import { POST_KINDS } from '#domain/words.ts'

/** Fields that may be sent, or the names of those that may not. */
export interface Checked<F> { fields: F, faults: string[] }

const text = (most: number): v.GenericSchema<unknown, string | null> =>
  v.nullable(v.pipe(v.string(), v.maxLength(most)))
const RESPONDER = {
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  phone: v.pipe(v.string(), v.regex(/^1\d{10}$/)),
  kind: v.picklist(RESPONDER_KINDS),
  building_id: text(36),
  display_name: text(20),
  skills: v.pipe(v.array(v.string()), v.maxLength(20)),
  partner_unit: text(80),
  party_org: text(80),
  night: v.picklist(['yes', 'no']),
}
const POST = {
  org_unit_id: v.pipe(v.string(), v.minLength(1)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  kind: v.picklist(POST_KINDS),
  setting: v.picklist(['indoor', 'outdoor']),
  task: text(500),
  kit: text(200),
  contact: text(60),
  night_minimum: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20)),
  waitlist_choice: v.picklist(['auto', 'community']),
  skill: text(100),
}
const UNIT = {
  level: v.picklist(['grid', 'estate', 'building']),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  parent_id: v.pipe(v.string(), v.minLength(1)),
  duty_line: v.nullable(v.pipe(v.string(), v.check(line => plainLine(line) !== null))),
}

function check<F>(shape: v.ObjectEntries, said: object): Checked<F> {
  const wanted = Object.fromEntries(Object.entries(shape).filter(([key]) => key in said))
  const read = v.safeParse(v.object(wanted), said)
  if (read.success) return { fields: read.output as F, faults: [] }
  return { fields: {} as F, faults: [...new Set(read.issues.map(i => String(i.path?.[0]?.key)))] }
}

/** Checks the fields of a person that are given, before they go out. */
export const checkResponder = (said: object): Checked<ResponderFields> => check(RESPONDER, said)
/** Checks the fields of a post that are given. */
export const checkPost = (said: object): Checked<PostFields> => check(POST, said)
/** Checks the fields of a grid, estate or building that are given. */
export const checkUnit = (said: object): Checked<UnitFields> => check(UNIT, said)
