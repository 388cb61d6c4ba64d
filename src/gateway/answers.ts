import type { Entry, PullAnswer, PushAnswer } from './wire.ts'
import * as v from 'valibot'
import { ACTION_CODES } from '#domain/codes.ts'
import { SCHEMA } from './wire.ts'

/** A moment as the server writes it, ISO 8601. */
export const MOMENT = v.pipe(v.string(), v.check(text => !Number.isNaN(Date.parse(text))))

/** A count, a number of a mutation or a version: whole, not negative, and exact in a double. */
const WHOLE = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Values by scope; a list is none. */
function byScope<T>(shape: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Record<string, T>> {
  const plain = v.custom<Record<string, unknown>>(value => typeof value === 'object' && !Array.isArray(value))
  return v.pipe(plain, v.record(v.string(), shape))
}

/** What `push` answers. */
export const PUSH_ANSWER: v.GenericSchema<unknown, PushAnswer> = v.object({
  now: MOMENT,
  lmid: WHOLE,
  hold: v.boolean(),
  results: v.array(v.object({
    seq: WHOLE,
    id: v.string(),
    status: v.string(),
    code: v.nullable(v.string()),
    detail: v.unknown(),
    replayed: v.exactOptional(v.boolean()),
  })),
  heads: byScope(WHOLE),
})

function isEntry(entry: unknown): boolean {
  if (!Array.isArray(entry) || entry.length !== 6) return false
  const [scope, tbl, pk, ver, op] = entry as unknown[]
  return typeof scope === 'string' && typeof tbl === 'string' && typeof pk === 'string'
    && Number.isSafeInteger(ver) && (op === 'P' || op === 'D')
}

/**
 * Where each row belongs and at which version. What it holds is looked at once, when it is applied
 * (`domain/rowFault.ts`): one bad row is set aside and the others go on, while an entry of another form could not be
 * counted. A loop of our own, because pages have thousands.
 */
const ENTRIES = v.custom<Entry[]>(value => Array.isArray(value) && value.every(isEntry))

const PAGE = v.object({
  now: MOMENT,
  epoch: v.string(),
  min_client: WHOLE,
  lmid: WHOLE,
  scopes: byScope(v.object({
    head: WHOLE,
    at: WHOLE,
    n: WHOLE,
    sum: v.pipe(v.string(), v.regex(/^\d+$/)),
    reset: v.boolean(),
  })),
  entries: ENTRIES,
  more: v.boolean(),
})

/** A server that writes for newer apps only may answer in any form; that this app is too old must still be heard. */
const FOR_NEWER = v.pipe(
  v.object({ min_client: v.pipe(WHOLE, v.minValue(SCHEMA + 1)) }),
  v.transform(({ min_client }): PullAnswer => {
    return { now: '', epoch: '', min_client, lmid: 0, scopes: {}, entries: [], more: false }
  }),
)

/** What `pull` answers. */
export const PULL_ANSWER: v.GenericSchema<unknown, PullAnswer> = v.lazy(value =>
  v.is(FOR_NEWER, value) ? FOR_NEWER : PAGE)

/** Refused by rule, with a code; the same shape from every action. */
export const REFUSED = v.object({
  status: v.literal('refused'),
  code: v.picklist(ACTION_CODES),
  detail: v.optional(v.nullable(v.record(v.string(), v.unknown())), null),
})
export type Refused = v.InferOutput<typeof REFUSED>

/** What `sign_in_name` answers: an address, or that there were too many questions. */
export const FOUND = v.union([v.object({ email: v.string() }), REFUSED])

/** What an action answers when it was done: `status`, and what comes with it. */
export type Applied<E extends v.ObjectEntries> = { status: 'applied' } & v.InferOutput<v.ObjectSchema<E, undefined>>

/** The answer of an action whose `applied` carries these entries. */
export function actionAnswer<E extends v.ObjectEntries>(entries: E): v.GenericSchema<unknown, Applied<E> | Refused> {
  const done = v.object({ status: v.literal('applied'), ...entries })
  const shape: v.GenericSchema<unknown, unknown> = v.variant('status', [done, REFUSED])
  return shape as v.GenericSchema<unknown, Applied<E> | Refused>
}
