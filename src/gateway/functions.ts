import type { GenericSchema } from 'valibot'
import type { Database, Json } from './database.types.ts'
import { getDotPath, safeParse } from 'valibot'

type Functions = Database['api']['Functions']

/** A function of schema `api` that answers jsonb, by the name SQL gives it: a shape reads its answer (`readAnswer`). */
export type FunctionName = { [N in keyof Functions]: Json extends Functions[N]['Returns'] ? N : never }[keyof Functions]

/** Arguments that may be null though SQL has no default for them; the generator cannot tell. */
interface NullTaken { import_batches: 'p_community_id' }
type NullFor<N, A, K extends keyof A>
  = object extends Pick<A, K> ? null : N extends keyof NullTaken ? K extends NullTaken[N] ? null : never : never
type ArgsFrom<N, A> = { [K in keyof A]: ([Json] extends [A[K]] ? object : A[K]) | NullFor<N, A, K> }

/** The arguments of one function, by the names SQL gives them; what has a default may be left out or null. */
export type ArgsOf<N extends FunctionName> = ArgsFrom<N, Functions[N]['Args']>

/** An answer that fits its shape, or the first place where it does not, such as `scopes.*.head`. */
export type Read<T> = { ok: true, data: T } | { ok: false, field: string }

/** A path of our own words; a key that came with the data (a scope, an id, a place in a list) is a `*`. */
function placeOf(path: string | null): string {
  return path === null ? 'all' : path.split('.').map(key => /^[a-z_]{1,30}$/.test(key) ? key : '*').join('.')
}

/** Reads what came from outside as a `T`; keys the shape does not name are left out. Never throws. */
export function readAnswer<T>(shape: GenericSchema<unknown, T>, value: unknown): Read<T> {
  const found = safeParse(shape, value, { abortEarly: true })
  return found.success ? { ok: true, data: found.output } : { ok: false, field: placeOf(getDotPath(found.issues[0])) }
}
