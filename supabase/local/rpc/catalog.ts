import type { Db } from '../database/db.ts'

/** One function of schema `api`, as far as a call needs it. */
export interface RpcFunction {
  name: string
  /** Argument names with their SQL types, in order. */
  args: readonly { name: string, type: string }[]
  /** How many of the arguments, counted from the end, have defaults. */
  defaults: number
  /** Stable and immutable functions run read only, as on Supabase. */
  writes: boolean
}

const FUNCTIONS = `
select p.proname as name, p.pronargdefaults as defaults, p.provolatile = 'v' as writes,
  coalesce((
    select jsonb_agg(jsonb_build_object('name', p.proargnames[a.n], 'type', format_type(a.type, null)) order by a.n)
    from unnest(p.proargtypes) with ordinality a(type, n)
  ), '[]') as args
from pg_proc p
where p.pronamespace = 'api'::regnamespace
  and p.prokind = 'f'
  and not p.proretset
  and p.prorettype = 'jsonb'::regtype
  and p.proargmodes is null
  and p.pronargs = cardinality(coalesce(p.proargnames, '{}'))`

/** What `/rest/v1/rpc/<name>` can call: the functions of `api` with named arguments that answer one jsonb. */
export async function readCatalog(db: Db): Promise<ReadonlyMap<string, RpcFunction>> {
  const rows = await db.query<RpcFunction>(FUNCTIONS)
  return new Map(rows.map(row => [row.name, row]))
}

/**
 * The statement that calls a function. It takes the arguments from one json parameter and converts them as PostgREST
 * does. Null if a required argument is missing or an unknown one is given.
 */
export function callStatement(fn: RpcFunction, given: readonly string[]): string | null {
  const known = fn.args.filter(arg => given.includes(arg.name))
  const required = fn.args.slice(0, fn.args.length - fn.defaults)
  if (known.length !== given.length || required.some(arg => !given.includes(arg.name))) return null
  if (known.length === 0) return `select api.${quote(fn.name)}()::text as answer from (select $1::text) t`
  const named = known.map(arg => `${quote(arg.name)} => a.${quote(arg.name)}`).join(', ')
  const columns = known.map(arg => `${quote(arg.name)} ${arg.type}`).join(', ')
  return `select api.${quote(fn.name)}(${named})::text as answer from json_to_record($1::text::json) as a(${columns})`
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
