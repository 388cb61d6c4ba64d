import type { GenericSchema } from 'valibot'
import type { MutationName } from '#domain/mutations.ts'
import type { SyncedTable } from '#domain/rows.ts'
import type { Database, Json } from './database.types.ts'
import { getDotPath, safeParse } from 'valibot'
import * as v from 'valibot'
import { ACTION_CODES } from '#domain/codes.ts'

type Functions = Database['api']['Functions']

/** A function of schema `api` that answers jsonb, by the name SQL gives it: a shape reads its answer (`readAnswer`). */
export type FunctionName = { [N in keyof Functions]: Json extends Functions[N]['Returns'] ? N : never }[keyof Functions]

/** Arguments that may be null though SQL has no default for them; the generator cannot tell. */
interface NullArguments { import_batches: 'p_community_id' }
type NullFor<N, A, K extends keyof A> =
  object extends Pick<A, K> ? null : N extends keyof NullArguments ? K extends NullArguments[N] ? null : never : never
type ArgsFrom<N, A> = { [K in keyof A]: ([Json] extends [A[K]] ? object : A[K]) | NullFor<N, A, K> }

/** The arguments of one function, by the names SQL gives them; what has a default may be left out or null. */
export type ArgsOf<N extends FunctionName> = ArgsFrom<N, Functions[N]['Args']>

/** An answer that fits its shape, or the first place where it does not, such as `scopes.*.head`. */
export type Reading<T> = { ok: true, data: T } | { ok: false, field: string }

/** A path in words of this app; a key that came with the data (a scope, an id, a place in a list) is a `*`. */
function placeOf(path: string | null): string {
  return path === null ? 'all' : path.split('.').map(key => /^[a-z_]{1,30}$/.test(key) ? key : '*').join('.')
}

/** Reads what came from outside as a `T`; keys the shape does not name are left out. Never throws. */
export function readAnswer<T>(shape: GenericSchema<unknown, T>, value: unknown): Reading<T> {
  const found = safeParse(shape, value, { abortEarly: true })
  return found.success ? { ok: true, data: found.output } : { ok: false, field: placeOf(getDotPath(found.issues[0])) }
}

/** Version of the rows this phone understands; the server's `min_client` is compared with it. */
export const SCHEMA = 2

/** One mutation as sent; a parked one is named `__skip`. */
export interface PushedMutation {
  seq: number
  id: string
  name: MutationName | '__skip'
  v: number
  args: unknown
  base: Record<string, number>
  device_at: string
  offset_ms: number | null
  offset_age_s: number | null
}
export interface PushRequest { client: string, muts: PushedMutation[] }
export interface PushResult {
  seq: number, id: string, status: string, code: string | null, detail: unknown, replayed?: boolean
}
/** `lmid`: last number consumed. `hold`: the next one is unknown to this server. `now`: server time, ISO. */
export interface PushAnswer {
  now: string, lmid: number, hold: boolean, results: PushResult[], heads: Record<string, number>
}

export interface PullRequest { client: string, cursors: Record<string, number>, epoch: string | null, limit: number }
/** `at`: version this page reaches; `n` and `sum`: live rows and the sum of their versions at `head`. */
export interface ScopeHead {
  head: number
  at: number
  n: number
  sum: string
  reset: boolean
}
export type Entry = [
  scope: string,
  tbl: SyncedTable,
  pk: string,
  ver: number,
  op: 'P' | 'D',
  data: { id: string } | null,
]
export interface PullAnswer {
  now: string, epoch: string, min_client: number, lmid: number, scopes: Record<string, ScopeHead>, entries: Entry[]
  more: boolean
}

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
 * Where each row belongs and at which version. What a row holds is checked when it is applied (`domain/rowShapes.ts`):
 * there one bad row is set aside and the others go on, while an entry of another form could not be counted. A loop of
 * our own checks them, which is faster: a page has thousands.
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

/** A server for newer apps only may answer in any form; this app must still learn that it is too old. */
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
const REFUSED = v.object({
  status: v.literal('refused'),
  code: v.picklist(ACTION_CODES),
  detail: v.optional(v.nullable(v.record(v.string(), v.unknown())), null),
})
export type RefusedAnswer = v.InferOutput<typeof REFUSED>

/** What `sign_in_name` answers: an address, or that there were too many questions. */
export const FOUND = v.union([v.object({ email: v.string() }), REFUSED])

/** What an action answers when it was done: `status`, and what comes with it. */
export type AppliedAnswer<E extends v.ObjectEntries> =
  { status: 'applied' } & v.InferOutput<v.ObjectSchema<E, undefined>>

/** The answer of an action whose `applied` carries these entries. */
export function actionAnswer<E extends v.ObjectEntries>(
  entries: E,
): v.GenericSchema<unknown, AppliedAnswer<E> | RefusedAnswer> {
  const done = v.object({ status: v.literal('applied'), ...entries })
  const shape: v.GenericSchema<unknown, unknown> = v.variant('status', [done, REFUSED])
  return shape as v.GenericSchema<unknown, AppliedAnswer<E> | RefusedAnswer>
}
