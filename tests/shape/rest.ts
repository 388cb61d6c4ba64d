import pg from 'pg'

/** A caller: the role of the key or token, and the login. `headers` as the proxy passes them, lower case. */
export interface Caller {
  role: 'anon' | 'authenticated' | 'service_role'
  sub?: string
  headers?: Record<string, string>
}
export interface RestAnswer {
  status: number
  body: unknown
  headers: Record<string, string>
}
export interface ApiFunction {
  name: string
  args: { name: string; type: string }[]
  defaults: number
  volatile: boolean
}

/** SQLSTATEs and classes as PostgREST turns them into a status; every other is 400. */
const EXACT: Record<string, number> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '53400': 500,
  '57P01': 503,
  'P0001': 400,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
}
const BY_CLASS: Record<string, number> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  'F0': 500,
  'HV': 500,
  'P0': 500,
  'XX': 500,
}

function statusOf(error: pg.DatabaseError, anonymous: boolean): number {
  const code = error.code ?? ''
  if (code === '42501') return anonymous ? 401 : 403
  if (code === '21000') return error.message.endsWith('requires a WHERE clause') ? 400 : 500
  return EXACT[code] ?? BY_CLASS[code.slice(0, 2)] ?? 400
}

const FUNCTIONS = `select p.proname as name, p.pronargdefaults as defaults, p.provolatile = 'v' as volatile,
  coalesce((select jsonb_agg(
    jsonb_build_object('name', p.proargnames[a.n], 'type', format_type(a.type, null)) order by a.n)
    from unnest(p.proargtypes) with ordinality a(type, n)), '[]') as args
  from pg_proc p where p.pronamespace = 'api'::regnamespace and p.prokind = 'f' order by 1`

/** The Data API of a shaped cluster: logs in as authenticator, one transaction per call with the caller's role. */
export class Rest {
  readonly #pool: pg.Pool
  readonly functions = new Map<string, ApiFunction>()
  /** Warnings the database raised in calls. */
  readonly warnings: string[] = []
  readonly #settings = new Map<string, [string, string][]>()

  readonly #sessionOf: (login: string) => Promise<string>

  private constructor(url: string, sessionOf: (login: string) => Promise<string>) {
    this.#sessionOf = sessionOf
    this.#pool = new pg.Pool({ connectionString: url, max: 4 })
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', client =>
      client.on('notice', (notice) => {
        if (notice.severity === 'WARNING') this.warnings.push(notice.message ?? '')
      }),
    )
  }

  /**
   * Reads, as authenticator, the functions of schema `api` and the settings of the roles it takes on.
   * `sessionOf` answers the session that a person's token would name.
   */
  static async open(url: string, sessionOf: (login: string) => Promise<string>): Promise<Rest> {
    const rest = new Rest(url, sessionOf)
    const { rows } = await rest.#pool.query<ApiFunction>(FUNCTIONS)
    for (const found of rows) {
      if (rest.functions.has(found.name))
        throw new Error(`api.${found.name} is there twice: PostgREST may not know which`)
      rest.functions.set(found.name, found)
    }
    const roles = await rest.#pool.query<{ role: string; config: string[] }>(
      `select rolname as role, rolconfig as config from pg_roles
      where rolname in ('anon', 'authenticated', 'service_role') and rolconfig is not null`,
    )
    for (const { role, config } of roles.rows) {
      rest.#settings.set(
        role,
        config.map((line) => {
          const at = line.indexOf('=')
          return [line.slice(0, at), line.slice(at + 1)]
        }),
      )
    }
    return rest
  }

  /** POST or GET of `/rest/v1/rpc/<name>`; a refusal of the database is an answer, not an error. */
  async call(
    caller: Caller,
    name: string,
    args: Record<string, unknown> = {},
    method: 'GET' | 'POST' = 'POST',
  ): Promise<RestAnswer> {
    const found = this.functions.get(name)
    const given = Object.keys(args)
    const required = found?.args.slice(0, found.args.length - found.defaults) ?? []
    const fits =
      found !== undefined
      && given.every(g => found.args.some(a => a.name === g))
      && required.every(a => given.includes(a.name))
    if (!fits) return { status: 404, body: { code: 'PGRST202' }, headers: {} }
    const session = caller.sub === undefined ? '' : await this.#sessionOf(caller.sub)
    const client = await this.#pool.connect()
    try {
      await client.query(
        `begin isolation level read committed ${method === 'GET' || !found.volatile ? 'read only' : 'read write'}`,
      )
      const settings = [...(this.#settings.get(caller.role) ?? []), ...settingsOf(caller, session, name, method)]
      await client.query(
        `select ${settings.map((_, i) => `set_config($${i * 2 + 1}, $${i * 2 + 2}, true)`).join(', ')}`,
        settings.flat(),
      )
      const body = await ask(client, found, args, method)
      await client.query('commit')
      return { status: 200, body, headers: {} }
    }
    catch (error) {
      await client.query('rollback').catch(() => undefined)
      return refusal(error as pg.DatabaseError, caller.role === 'anon')
    }
    finally {
      client.release()
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

function settingsOf(caller: Caller, session: string, name: string, method: string): [string, string][] {
  const person = caller.sub === undefined ? {} : { sub: caller.sub, aud: 'authenticated', session_id: session }
  return [
    ['search_path', '"api", "extensions"'],
    ['role', caller.role],
    ['request.jwt.claims', JSON.stringify({ role: caller.role, ...person })],
    ['request.method', method],
    ['request.path', `/rpc/${name}`],
    ['request.cookies', '{}'],
    [
      'request.headers',
      JSON.stringify({ 'x-forwarded-for': '203.0.113.7', 'host': 'project.supabase.co', ...caller.headers }),
    ],
  ]
}

async function ask(
  client: pg.PoolClient,
  found: ApiFunction,
  args: Record<string, unknown>,
  method: 'GET' | 'POST',
): Promise<unknown> {
  const used = found.args.filter(a => Object.hasOwn(args, a.name))
  const call = (value: (name: string, i: number) => string): string =>
    `"api"."${found.name}"(${used.map((a, i) => `"${a.name}" := ${value(a.name, i)}`).join(', ')})`
  const types = used.map(a => `"${a.name}" ${a.type}`).join(', ')
  const fromBody = `(select $1::json as data) payload,
    lateral (select * from json_to_record(payload.data) as _(${types})) body,
    lateral (select ${call(name => `body."${name}"`)} as scalar) called`
  const source =
    used.length === 0
      ? `(select ${call(() => '')} as scalar) called`
      : method === 'POST'
        ? fromBody
        : `(select ${call((_, i) => `$${i + 1}::${used[i]!.type}`)} as scalar) called`
  const values =
    used.length === 0 ? [] : method === 'POST' ? [JSON.stringify(args)] : used.map(a => String(args[a.name]))
  const { rows } = await client.query<{ body: string }>(
    `select coalesce(json_agg(called.scalar) -> 0, 'null')::text as body from ${source}`,
    values,
  )
  return JSON.parse(rows[0]?.body ?? 'null')
}

/** `raise … using errcode = 'PGRST'` says status and headers by itself. */
function refusal(error: pg.DatabaseError, anonymous: boolean): RestAnswer {
  if (error.code !== 'PGRST') {
    return {
      status: statusOf(error, anonymous),
      body: { code: error.code, message: error.message, details: error.detail ?? null },
      headers: {},
    }
  }
  const { status, headers } = JSON.parse(error.detail ?? '{}') as { status: number; headers: Record<string, string> }
  return { status, body: JSON.parse(error.message), headers }
}
