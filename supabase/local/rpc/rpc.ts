import type { Keys } from '../data-folder.ts'
import type { Db } from '../database/db.ts'
import type { Answer } from '../http/answer.ts'
import type { Claims } from '../token.ts'
import type { RpcFunction } from './catalog.ts'
import { Buffer } from 'node:buffer'
import { json } from '../http/answer.ts'
import { readToken } from '../token.ts'
import { callStatement, readCatalog } from './catalog.ts'
import { refusalOf } from './refusal.ts'

/** One call, however it came in. */
export interface RpcRequest {
  name: string
  method: string
  /** Schema asked for by Content-Profile or Accept-Profile. */
  schema: string | undefined
  /** The bearer token; undefined or the publishable key itself = nobody is signed in. */
  token: string | undefined
  /** A JSON object with the arguments; of a GET, its query parameters. */
  body: string
  /** Where it comes from, for the rate limits in SQL. */
  address: string
}

export type Rpc = (request: RpcRequest) => Promise<Answer>

type TokenKeys = Pick<Keys, 'jwt_secret' | 'publishable_key'>
interface Caller { role: 'anon' | 'authenticated', claims: Claims | { role: 'anon' } }

/** Levels a body may nest: Postgres reads JSON by recursion, and calls a nest that is too deep an error of its own. */
const MAX_DEPTH = 64

const SET_CALLER = `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
  set_config('request.jwt.claim.sub', $3, true), set_config('request.jwt.claim.role', $1, true),
  set_config('request.method', $4, true), set_config('request.headers', $5, true), set_config('transaction_read_only', $6, true)`

/**
 * Calls functions of schema `api` as PostgREST does: the token's role and claims, one transaction, one JSON answer.
 * Only functions that exist at the start are known; nothing else of the database has a path.
 */
export async function startRpc(db: Db, keys: TokenKeys): Promise<Rpc> {
  const catalog = await readCatalog(db)
  return async (request) => {
    const caller = await identify(request.token, keys)
    if (caller === null)
      return json(401, { code: 'PGRST301', message: 'JWT is invalid or has expired', details: null, hint: null })
    if (isNested(request.body))
      return json(400, { code: 'RW002', message: `Nested more than ${MAX_DEPTH} deep`, details: null, hint: null })
    const fn = request.schema === 'api' ? catalog.get(request.name) : undefined
    const given = argumentNames(request.body)
    if (given === null)
      return json(400, { code: 'PGRST102', message: 'The body is not a JSON object', details: null, hint: null })
    const statement = fn === undefined ? null : callStatement(fn, given)
    if (fn === undefined || statement === null) {
      return json(404, {
        code: 'PGRST202',
        message: `Could not find the function api.${request.name}(${given.join(', ')})`,
        details: null,
        hint: null,
      })
    }
    if (!hasFlatLists(fn, request.body))
      return json(400, { code: '22P02', message: 'A list holds values, not lists', details: null, hint: null })
    return run(db, request, caller, fn, statement)
  }
}

async function run(db: Db, request: RpcRequest, caller: Caller, fn: RpcFunction, statement: string): Promise<Answer> {
  const { role, claims } = caller
  const readOnly = request.method !== 'POST' || !fn.writes
  try {
    const [row] = await db.batch<{ answer: string | null, headers: string | null }>([
      [SET_CALLER, [
        role,
        JSON.stringify(claims),
        'sub' in claims ? claims.sub : '',
        request.method,
        JSON.stringify({ 'x-forwarded-for': request.address }),
        readOnly ? 'on' : 'off',
      ]],
      [`select called.answer, current_setting('response.headers', true) as headers from (${statement}) called`, [
        request.body,
      ]],
    ])
    const chosen = chosenHeaders(row?.headers ?? '')
    if (chosen === null) {
      return json(500, {
        code: 'PGRST111',
        message: 'response.headers guc must be a JSON array composed of objects with a single key and a string value',
        details: null,
        hint: null,
      })
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...chosen },
      body: Buffer.from(row?.answer ?? 'null'),
    }
  }
  catch (error) {
    return refusalOf(error, role === 'authenticated')
  }
}

/** Headers a function chose by setting `response.headers`, as `[{"Cache-Control": "no-cache"}, …]`; null for what is not that. */
function chosenHeaders(text: string): Record<string, string> | null {
  if (text === '') return {}
  try {
    const list: unknown = JSON.parse(text)
    const pairs = Array.isArray(list) ? list.flatMap((one: object) => Object.entries(one)) : null
    if (pairs === null || pairs.some(([, value]) => typeof value !== 'string')) return null
    return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value)]))
  }
  catch {
    return null
  }
}

async function identify(token: string | undefined, keys: TokenKeys): Promise<Caller | null> {
  if (token === undefined || token === keys.publishable_key) return { role: 'anon', claims: { role: 'anon' } }
  const claims = await readToken(token, keys.jwt_secret, Math.floor(Date.now() / 1000))
  return claims !== null && claims.role === 'authenticated' ? { role: 'authenticated', claims } : null
}

/** Does JSON text open more brackets within brackets than that? Looks at each character once; those in strings count for nothing. */
function isNested(body: string): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < body.length; i++) {
    const c = body[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    }
    else if (c === '"') { quoted = true }
    else if (c === '[' || c === '{') {
      if (++depth > MAX_DEPTH) return true
    }
    else if (c === ']' || c === '}') { depth-- }
  }
  return false
}

/** Are the lists given for SQL arrays flat? Postgres calls an array of too many dimensions an error of its own. */
function hasFlatLists(fn: RpcFunction, body: string): boolean {
  const given = JSON.parse(body) as Record<string, unknown>
  return fn.args.every(({ name, type }) => {
    const value = given[name]
    return !type.endsWith('[]') || !Array.isArray(value) || !value.some(one => Array.isArray(one))
  })
}

function argumentNames(body: string): string[] | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : null
  }
  catch {
    return null
  }
}
