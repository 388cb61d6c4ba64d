import type { Db } from './database/db.ts'
import type { WebHandler } from './http/request.ts'
import type { RefreshTurns } from './refresh-turns.ts'

/** The database's verdict on a sign-up or a password. */
interface Verdict {
  status: 'admitted' | 'weak' | 'refused' | 'right' | 'wrong' | 'wait'
  why?: string
  retry_after_s?: number
}

interface Call { request: Request, url: URL, body: Readonly<Record<string, unknown>> }
type Handler = (call: Call) => Promise<Response>

/**
 * The door of `/auth/v1`. It lets through sign-up, sign-in by password, refresh, sign-out and reading one's own user;
 * every other path, method and kind of grant is 404. Only the fields named here go on to `auth`.
 * The functions of `70_actions/password.sql` and `sign_in_tries.sql` judge passwords and count tries.
 * @param auth the server that makes the sessions
 * @param db runs those functions; bcrypt keeps a connection busy for about 60 ms
 * @param inTurn lets a session refresh once at a time
 */
export function authDoor(auth: WebHandler, db: Db, inTurn: RefreshTurns): WebHandler {
  const routes = routesOf(auth, db, inTurn)
  return async (request) => {
    const url = new URL(request.url)
    const handler = routes.get(`${request.method} ${url.pathname}${grantOf(url)}`)
    if (handler === undefined) return notFound()
    const body = request.method === 'POST' ? await readObject(request) : {}
    return body === null ? refusal(400, 'bad_json', 'The body is not a JSON object') : handler({ request, url, body })
  }
}

function routesOf(auth: WebHandler, db: Db, inTurn: RefreshTurns): ReadonlyMap<string, Handler> {
  return new Map<string, Handler>([
    ['POST /auth/v1/signup', async call => signUp(auth, db, call)],
    ['POST /auth/v1/token password', async call => signIn(auth, db, call)],
    ['POST /auth/v1/token refresh_token', async ({ request, body }) => {
      const token = textOf(body, 'refresh_token', 256)
      if (token === null) return refusal(400, 'refresh_token_not_found', 'Invalid Refresh Token')
      const refresh = async (): Promise<Response> =>
        pass(auth, request, '/token?grant_type=refresh_token', { refresh_token: token })
      return inTurn(token, refresh)
    }],
    ['POST /auth/v1/logout', async ({ request, url }) => {
      const scope = url.searchParams.get('scope') ?? 'global'
      if (!['global', 'local', 'others'].includes(scope)) return refusal(400, 'validation_failed', 'Unknown scope')
      return pass(auth, request, `/logout?scope=${scope}`, {})
    }],
    ['GET /auth/v1/user', async ({ request }) => pass(auth, request, '/user')],
    ['POST /auth/v1/otp', async () => phones(db)],
    ['POST /auth/v1/verify', async () => phones(db)],
  ])
}

/** Signs up the address of a live invitation. A taken address and an unknown one get the same answer. */
async function signUp(auth: WebHandler, db: Db, { request, body }: Call): Promise<Response> {
  const email = textOf(body, 'email', 255)
  const password = textOf(body, 'password', 1000) ?? ''
  if (email === null) return refusal(422, 'user_already_exists', 'User already registered')
  const verdict = await judge(db, 'select private.judge_sign_up($1, $2) as verdict', [email, password])
  if (verdict.status === 'weak') {
    const reasons = [verdict.why]
    return refusal(422, 'weak_password', 'The password is too easy', { weak_password: { reasons } })
  }
  if (verdict.status !== 'admitted') return refusal(422, 'user_already_exists', 'User already registered')
  return pass(auth, request, '/signup', { email, password })
}

/** Tries the password in SQL first, at the same cost for every address; only a right one goes on to `auth`. */
async function signIn(auth: WebHandler, db: Db, { request, body }: Call): Promise<Response> {
  const email = textOf(body, 'email', 255) ?? ''
  const password = textOf(body, 'password', 1000) ?? ''
  const address = request.headers.get('x-forwarded-for') ?? 'unknown'
  const verdict = await judge(db, 'select private.try_password($1, $2, $3) as verdict', [email, password, address])
  if (verdict.status === 'right') return pass(auth, request, '/token?grant_type=password', { email, password })
  if (verdict.status !== 'wait') return refusal(400, 'invalid_credentials', 'Invalid login credentials')
  const after = String(verdict.retry_after_s ?? 60)
  return refusal(429, 'over_request_rate_limit', 'Too many tries', {}, { 'retry-after': after })
}

/** Refuses codes by SMS, which this server cannot send. While sign-in by phone is off, the path is 404 as any other. */
async function phones(db: Db): Promise<Response> {
  const [row] = await db.query<{ on: boolean }>('select private.phone_sign_in_is_on() as on')
  return row?.on === true ? refusal(400, 'phone_provider_disabled', 'Unsupported phone provider') : notFound()
}

async function judge(db: Db, statement: string, parameters: readonly string[]): Promise<Verdict> {
  const [row] = await db.query<{ verdict: Verdict }>(statement, parameters)
  return row?.verdict ?? { status: 'refused' }
}

/** Calls `auth` with the headers named here and this body, and drops whatever else the caller sent. */
async function pass(auth: WebHandler, request: Request, path: string, body?: object): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' })
  for (const name of ['apikey', 'authorization', 'x-supabase-api-version', 'x-forwarded-for', 'user-agent']) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  const init = { method: request.method, headers, ...body !== undefined && { body: JSON.stringify(body) } }
  return auth(new Request(`http://localhost/auth/v1${path}`, init))
}

function notFound(): Response {
  return refusal(404, 'not_found', 'Not served here')
}

/** An error as GoTrue words it. */
function refusal(status: number, code: string, msg: string, more: object = {}, headers: object = {}): Response {
  const body = { code: status, error_code: code, msg, ...more }
  return Response.json(body, { status, headers: { 'x-sb-error-code': code, ...headers } })
}

/** The kinds of grant that a request to the path of tokens names, behind a space; '' for every other path. */
function grantOf(url: URL): string {
  if (url.pathname !== '/auth/v1/token') return ''
  return ` ${url.searchParams.getAll('grant_type').join(' ')}`
}

/** A field of the body that is a text of 1 to `most` characters; null for anything else. PostgreSQL stores no NUL. */
function textOf(body: Readonly<Record<string, unknown>>, name: string, most: number): string | null {
  const value = body[name]
  return typeof value === 'string' && value !== '' && value.length <= most && !value.includes('\0') ? value : null
}

async function readObject(request: Request): Promise<Record<string, unknown> | null> {
  const text = await request.text()
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return value as Record<string, unknown>
  }
  catch {
    return null
  }
}
