import type { Finding, FindingCode } from '../../scripts/deployCheck/findings.ts'
import type { TempBackend } from '../e2e/harness.ts'
import type { Fault, Faulty } from './faulty.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../scripts/deployCheck/inspect.ts'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { startTemp } from '../e2e/harness.ts'
import { startFaulty } from './faulty.ts'

let backend: TempBackend
let faulty: Faulty
beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  backend = await startTemp()
  faulty = await startFaulty(backend.port)
})
afterAll(async () => {
  await faulty.close()
  await backend.discard()
})

async function look(fault: Fault, database?: string): Promise<Finding[]> {
  faulty.plant(fault)
  return inspect(faulty.url, database)
}

const json = (body: unknown, status = 200): { status: number; body: string } => ({
  status,
  body: JSON.stringify(body),
})
/** Answers on paths with a prefix. */
const on = (start: string, answer: { status: number; body: string }): Fault => ({
  instead: path => (path.startsWith(start) ? answer : null),
})

/** A Supabase project behind its own page: Auth shows its settings, and there is no /healthz. */
function hosted(settings: Record<string, unknown> = {}, signUp = json({ error_code: 'weak_password' }, 422)): Fault {
  const all = {
    external: { email: true, phone: false, anonymous_users: false },
    disable_signup: false,
    mailer_autoconfirm: true,
    phone_autoconfirm: false,
    saml_enabled: false,
    ...settings,
  }
  return {
    instead: path =>
      path === '/healthz'
        ? json({}, 404)
        : path === '/auth/v1/settings'
          ? json(all)
          : path === '/auth/v1/signup'
            ? signUp
            : null,
  }
}

it('finds nothing on a healthy server, from outside and inside', async () => {
  expect(await look({}, backend.databaseUrl ?? undefined)).toEqual([])
  expect(await look(hosted())).toEqual([])
})

it('reports an address without a server, and one without config.json, alone', async () => {
  expect((await inspect('http://127.0.0.1:9')).map(f => f.code)).toEqual(['page_unreachable'])
  expect((await look(on('/config.json', json({}, 404)))).map(f => f.code)).toEqual(['config_missing'])
  expect((await look({}, 'postgres://nobody:x@127.0.0.1:9/none')).map(f => f.code)).toEqual(['database_unreachable'])
})

const without = (name: string): Fault => ({
  headers: (_, headers) => Object.fromEntries(Object.entries(headers).filter(([n]) => n !== name)),
})
const withPolicy = (from: string, to: string): Fault => ({
  headers: (_, headers) => ({
    ...headers,
    'content-security-policy': (headers['content-security-policy'] ?? '').replace(from, to),
  }),
})
const page = { status: 200, headers: { 'cache-control': 'no-cache' }, body: '<html></html>' }
/** The backend under another name of this machine, as a hosted project; its preflights are planted. */
function elsewhere(preflight: Partial<{ status: number; headers: Record<string, string> }>): Fault {
  const config = (): string =>
    JSON.stringify({
      backend_url: faulty.url.replace('127.0.0.1', 'localhost'),
      publishable_key: backend.publishableKey,
    })
  return {
    instead: (path, method, headers) => {
      if (method === 'OPTIONS') return preflight
      if (path === '/config.json') return { headers: { 'cache-control': 'no-cache' }, body: config() }
      return hosted().instead?.(path, method, headers) ?? null
    },
  }
}

const FAULTS: [code: FindingCode, detail: RegExp, fault: () => Fault][] = [
  ['resident_page_missing', /^$/, () => on('/b/', { ...page, status: 404 })],
  ['route_missing', /^$/, () => on('/sign-in', { ...page, status: 404 })],
  ['headers_missing', /^x-content-type-options$/, () => without('x-content-type-options')],
  ['headers_missing', /script-src/, () => withPolicy(`script-src 'self'`, `script-src 'self' 'unsafe-inline'`)],
  ['headers_missing', /connect-src/, () => withPolicy('connect-src', 'connect-src https:')],
  ['headers_missing', /frame-ancestors/, () => withPolicy(`frame-ancestors 'none'; `, '')],
  [
    'cached_too_long',
    /\/sw\.js/,
    () => ({
      headers: (path, headers) => (path === '/sw.js' ? { ...headers, 'cache-control': 'max-age=600' } : headers),
    }),
  ],
  [
    'cached_too_long',
    /^\/b\/AAAAAAAAAA$/,
    () => ({
      headers: (path, headers) => (path.startsWith('/b/') ? { ...headers, 'cache-control': 'max-age=600' } : headers),
    }),
  ],
  ['auth_unreachable', /status 401/, () => on('/auth/v1/settings', json({}, 401))],
  ['sign_up_off', /^$/, () => hosted({ disable_signup: true })],
  ['sign_up_off', /^$/, () => hosted({ external: { email: false } })],
  ['confirmations_on', /^$/, () => hosted({ mailer_autoconfirm: false })],
  ['phones_confirmed', /^$/, () => hosted({ external: { email: true, phone: true }, phone_autoconfirm: true })],
  [
    'other_ways_in',
    /^anonymous_users, github$/,
    () => hosted({ external: { email: true, anonymous_users: true, github: true } }),
  ],
  ['sign_up_open', /any address/, () => on('/auth/v1/signup', json({ user: {} }))],
  ['short_passwords', /^$/, () => hosted({}, json({ error_code: 'unexpected_failure' }, 422))],
  ['api_unreachable', /status 406/, () => on('/rest/v1/rpc/who_am_i', json({ code: 'PGRST106' }, 406))],
  ['api_wrong_role', /^postgres$/, () => on('/rest/v1/rpc/who_am_i', json({ db_role: 'postgres' }))],
  ['table_readable', /^app\.responder$/, () => on('/rest/v1/responder?', json([]))],
  ['schema_exposed', /^sync$/, () => on('/rest/v1/entry?', json({ code: '42501' }, 401))],
  [
    'schema_exposed',
    /public/,
    () => ({
      instead: (path, _, headers) =>
        path === '/rest/v1/' && headers['accept-profile'] === 'public' ? json({}) : null,
    }),
  ],
  ['worker_open', /^$/, () => on('/rest/v1/rpc/worker_claim_deliveries', json([]))],
  ['deliver_missing', /^$/, () => on('/functions/v1/deliver', json({}, 404))],
  ['deliver_without_secret', /^$/, () => on('/functions/v1/deliver', json({ code: 'no_secret' }, 503))],
  ['deliver_behind_jwt', /^$/, () => on('/functions/v1/deliver', json({ code: 'UNAUTHORIZED_NO_AUTH_HEADER' }, 401))],
  ['calendar_missing', /^$/, () => on('/functions/v1/calendar', json({ message: 'Function not found' }, 404))],
  ['calendar_behind_jwt', /^$/, () => on('/functions/v1/calendar', json({ code: 'UNAUTHORIZED_NO_AUTH_HEADER' }, 401))],
  ['calendar_fails', /status 502/, () => on('/functions/v1/calendar', json({ code: 'no_database' }, 502))],
  ['realtime_unreachable', /^$/, () => ({ joins: 'down' })],
  ['realtime_open', /^$/, () => ({ joins: 'ok' })],
  ['realtime_public', /^$/, () => ({ joins: 'public' })],
  [
    'csp_blocks_backend',
    /ws:\/\/localhost/,
    () => elsewhere({ status: 204, headers: { 'access-control-allow-origin': '*' } }),
  ],
  ['cors_refused', /127\.0\.0\.1/, () => elsewhere({ status: 403 })],
]

describe('finds a fault planted in front of the server by its code', () => {
  it.each(FAULTS)('%s %s', async (code, detail, fault) => {
    const findings = await look(fault())
    expect(findings.map(f => f.code)).toContain(code)
    expect(findings.find(f => f.code === code)?.detail).toMatch(detail)
    const along: FindingCode[] =
      code === 'realtime_open'
        ? ['realtime_public']
        : code === 'sign_up_open'
          ? ['sign_up_open']
          : code === 'cors_refused'
            ? ['csp_blocks_backend']
            : []
    expect(findings.map(f => f.code).filter(c => c !== code && !along.includes(c))).toEqual([])
  })

  /** A hosted project whose Auth answers a change of password so; everything else is the server's. */
  const passwords = (answer: { status: number; body: string }): Fault => ({
    instead: (path, method, headers) =>
      path === '/auth/v1/user' && method === 'PUT' ? answer : (hosted().instead?.(path, method, headers) ?? null),
  })
  const logins = async (): Promise<unknown> => backend.db.query('select count(*)::int as n from auth.users')

  it('password_without_old: Auth changes the password of whoever has a session', async () => {
    const before = await logins()
    expect(before).toEqual([{ n: expect.any(Number) as number }])
    const database = backend.databaseUrl ?? undefined
    const codes = async (fault: Fault): Promise<string[]> => (await look(fault, database)).map(f => f.code)
    expect(await codes(passwords(json({ id: 'a' })))).toEqual(['password_without_old'])
    expect(await codes(passwords(json({ error_code: 'current_password_required' }, 400)))).toEqual([])
    expect(await codes(passwords(json({}, 404))), 'a gateway lets no such call through').toEqual([])
    expect(await logins(), 'nothing of the check stays').toEqual(before)
  })

  it('check_failed: whether Auth asks for the old password cannot be seen', async () => {
    const database = backend.databaseUrl ?? undefined
    const closed: Fault = {
      instead: (path, method, headers) =>
        path.startsWith('/auth/v1/token') ? json({}, 429) : (hosted().instead?.(path, method, headers) ?? null),
    }
    for (const fault of [closed, passwords(json({}, 500)), passwords(json({ error_code: 'weak_password' }, 422))]) {
      const findings = await look(fault, database)
      expect(findings.map(f => f.code)).toEqual(['check_failed'])
      expect(findings[0]?.detail).toMatch(/^passwords: .*(?:429|500|422)/)
    }
  })

  it('makes its login as Auth makes one: with texts where Auth reads no null', async () => {
    faulty.plant({})
    const texts = ['confirmation_token', 'recovery_token', 'email_change_token_new', 'email_change']
    try {
      await backend.db.query(`create or replace function private.test_nulls() returns trigger language plpgsql as $$
        begin
          if num_nulls(${texts.map(name => `new.${name}`).join(', ')}) > 0 then raise 'a null'; end if;
          return new;
        end $$`)
      await backend.db.query(
        'create trigger test_nulls before insert on auth.users for each row execute function private.test_nulls()',
      )
      expect(await look({}, backend.databaseUrl ?? undefined)).toEqual([])
    }
    finally {
      await backend.db.query('drop trigger test_nulls on auth.users')
      await backend.db.query('drop function private.test_nulls()')
    }
  })

  it('recovery_open: a code that Auth kept shows in the database', async () => {
    faulty.plant({})
    try {
      await backend.db.query(`create or replace function private.test_keep() returns trigger language plpgsql as $$
        begin new.recovery_token := 'kept'; return new; end $$`)
      await backend.db.query(
        'create trigger test_keep before insert on auth.users for each row execute function private.test_keep()',
      )
      const findings = await inspect(faulty.url, backend.databaseUrl ?? undefined)
      expect(findings.map(f => f.code)).toContain('recovery_open')
    }
    finally {
      await backend.db.query('drop trigger test_keep on auth.users')
      await backend.db.query('drop function private.test_keep()')
    }
  })
})
