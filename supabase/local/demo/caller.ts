import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { Db } from '../database/db.ts'
import type { Random } from './tools.ts'
import { uuidv7 } from '#domain/uuid.ts'

const isUuids = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every(v => typeof v === 'string')
const isJson = (value: unknown): boolean => typeof value === 'object' && value !== null && !isUuids(value)

/**
 * Calls a function of schema `api` as the Data API does, with the rights of a login; null = of a stranger. `from`: the
 * address of the caller, where many call at a door that counts by address.
 */
export async function callAs<T>(
  db: Db,
  login: string | null,
  name: string,
  args: Record<string, unknown>,
  from?: string,
): Promise<T> {
  const keys = Object.keys(args)
  const list = keys.map((key, i) => `${key} => ${cast(args[key], i + 1)}`).join(', ')
  const values = keys.map(key => isJson(args[key]) ? JSON.stringify(args[key]) : args[key])
  return db.transaction(async (tx) => {
    const settings = `select set_config('request.jwt.claims', $1, true), set_config('request.headers', $2, true),
      set_config('role', $3, true)`
    await tx.query(settings, [
      JSON.stringify(login ? { sub: login, role: 'authenticated' } : { role: 'anon' }),
      JSON.stringify(from === undefined ? {} : { 'x-forwarded-for': from }),
      login ? 'authenticated' : 'anon',
    ])
    const [row] = await tx.query<{ answer: T }>(`select api.${name}(${list}) as answer`, values)
    if (row === undefined) throw new Error(`api.${name} answered nothing`)
    return row.answer
  })
}

function cast(value: unknown, n: number): string {
  if (isUuids(value)) return `$${n}::text[]::uuid[]`
  if (isJson(value)) return `$${n}::text::jsonb`
  return typeof value === 'number'
    ? `$${n}::int`
    : typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)
      ? `$${n}::uuid`
      : `$${n}::text`
}

/** Like callAs, for actions that answer `{status}`; throws if the server refuses. */
export async function actAs<T>(
  db: Db,
  login: string | null,
  name: string,
  args: Record<string, unknown>,
  from?: string,
): Promise<T> {
  interface Refusal { code?: string, detail?: unknown }
  const answer = await callAs<T & { status: string } & Refusal>(db, login, name, args, from)
  if (answer.status !== 'applied')
    throw new Error(`${name} was refused: ${answer.code} ${JSON.stringify(answer.detail)}`)
  return answer
}

export type Intent = { [N in MutationName]: { name: N, args: MutationArgs[N] } }[MutationName]

/**
 * A phone of one person. It numbers its mutations and pushes them in order, 25 at a time. Throws if the server refuses
 * one; with `ending`, shifts may have ended while the demonstration was made, and those refusals are ignored.
 */
export interface Phone { push: (intents: readonly Intent[], ending?: 'ending') => Promise<void> }

/** The codes for a place of a shift that is over: it is closed, or was never published. */
const OVER = new Set(['closed', 'gone'])

interface Verdicts { hold: boolean, results: { seq: number, status: string, code: string | null, detail: unknown }[] }

/** Makes a phone of a login. `now` (ms) is in its ids only; its taps carry the time of the real clock. */
export function openPhone(db: Db, login: string, random: Random, now: number): Phone {
  const client = uuidv7(now, random.bytes(10))
  let seq = 0
  const send = async (intents: readonly Intent[], ending?: 'ending'): Promise<void> => {
    const muts = intents.map(({ name, args }) => ({
      seq: ++seq,
      id: uuidv7(now, random.bytes(10)),
      name,
      v: 1,
      args,
      base: {},
      device_at: new Date().toISOString(),
      offset_ms: 0,
      offset_age_s: 0,
    }))
    const answer = await callAs<Verdicts>(db, login, 'push', { p_client: client, p_schema: 1, p_muts: muts })
    const bad = answer.results.find(r => r.status !== 'applied' && !(ending && OVER.has(r.code ?? '')))
    const name = bad && intents[bad.seq - muts[0]!.seq]?.name
    if (bad) throw new Error(`${name} was refused: ${bad.code} ${JSON.stringify(bad.detail)}`)
    if (answer.hold || answer.results.length < intents.length)
      throw new Error('the server does not know a mutation of the demo')
  }
  return {
    push: async (intents, ending) => {
      for (let i = 0; i < intents.length; i += 25) await send(intents.slice(i, i + 25), ending)
    },
  }
}
