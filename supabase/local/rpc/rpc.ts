import type { Keys } from '../data-folder.ts'
import type { Db } from '../database/db.ts'
import type { Answer } from '../http/answer.ts'
import type { Claims } from '../token.ts'
import type { RpcFunction } from './catalog.ts'
import { Buffer } from 'node:buffer'
import { errorAnswer } from '../http/answer.ts'
import { readToken } from '../token.ts'
import { callStatement, readCatalog } from './catalog.ts'
import { refusalOf } from './refusal.ts'

/** One call of a function, by GET or POST. */
export interface RpcRequest {
  name: string
  method: string
  /** The schema that Content-Profile or Accept-Profile names. */
  schema: string | undefined
  /** The bearer token; undefined or the publishable key = the caller is not signed in. */
  token: string | undefined
  /** A JSON object with the arguments; for a GET its query parameters. */
  body: string
  /** The caller's address, for the rate limits in SQL. */
  address: string
}

export type Rpc = (request: RpcRequest) => Promise<Answer>

type TokenKeys = Pick<Keys, 'jwt_secret' | 'publishable_key'>
interface Caller { role: 'anon' | 'authenticated', claims: Claims | { role: 'anon' } }

/** How deep the JSON of a body may nest. Postgres reads JSON by recursion and reports a deeper body as a defect. */
const MAX_DEPTH = 64

const SET_CALLER = `
select set_config('role', $1, true),
  set_config('request.jwt.claims', $2, true),
  set_config('request.jwt.claim.sub', $3, true),
  set_config('request.jwt.claim.role', $1, true),
  set_config('request.method', $4, true),
  set_config('request.headers', $5, true),
  set_config('transaction_read_only', $6, true)`

/**
 * Starts what calls functions of schema `api` as PostgREST does: with the token's role and claims, in one transaction,
 * with one JSON answer. It knows the functions that exist now; nothing else of the database can be reached.
 */
export async function startRpc(db: Db, keys: TokenKeys): Promise<Rpc> {
  const catalog = await readCatalog(db)
  return async (request) => {
    const caller = await identify(request.token, keys)
    if (caller === null) return errorAnswer(401, 'PGRST301', 'JWT is invalid or has expired')
    if (isNested(request.body)) return errorAnswer(400, 'RW002', `Nested more than ${MAX_DEPTH} deep`)
    const fn = request.schema === 'api' ? catalog.get(request.name) : undefined
    const given = argumentNames(request.body)
    if (given === null) return errorAnswer(400, 'PGRST102', 'The body is not a JSON object')
    const statement = fn === undefined ? null : callStatement(fn, given)
    if (fn === undefined || statement === null)
      return errorAnswer(404, 'PGRST202', `Could not find the function api.${request.name}(${given.join(', ')})`)
    if (!hasFlatLists(fn, request.body)) return errorAnswer(400, '22P02', 'A list holds values, not lists')
    return run(db, request, caller, fn, statement)
  }
}

const BAD_HEADERS = 'response.headers guc must be a JSON array composed of objects with a single key and a string value'

async function run(db: Db, request: RpcRequest, caller: Caller, fn: RpcFunction, statement: string): Promise<Answer> {
  const { role, claims } = caller
  const settings = [
    role,
    JSON.stringify(claims),
    'sub' in claims ? claims.sub : '',
    request.method,
    JSON.stringify({ 'x-forwarded-for': request.address }),
    request.method === 'POST' && fn.writes ? 'off' : 'on',
  ]
  const call = `select called.answer, current_setting('response.headers', true) as headers from (${statement}) called`
  try {
    const [row] = await db.batch<{ answer: string | null, headers: string | null }>([
      [SET_CALLER, settings],
      [call, [request.body]],
    ])
    const chosen = chosenHeaders(row?.headers ?? '')
    if (chosen === null) return errorAnswer(500, 'PGRST111', BAD_HEADERS)
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...chosen },
      body: Buffer.from(row?.answer ?? 'null'),
    }
  }
  catch (thrown) {
    return refusalOf(thrown, role === 'authenticated')
  }
}

/** The headers that a function set in `response.headers`, `[{"Cache-Control": "no-cache"}, …]`; null if unreadable. */
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

/** Does JSON text nest deeper than MAX_DEPTH? Reads each character once; brackets in strings do not count. */
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

/** Are the lists given for SQL arrays flat? Postgres would report an array of too many dimensions as a defect. */
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
