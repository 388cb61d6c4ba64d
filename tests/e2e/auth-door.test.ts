import type { SupabaseClient } from '@supabase/supabase-js'
import type { TempBackend } from './harness.ts'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inviteAddress, startTemp } from './harness.ts'
import { libraryRoutes } from './libraryRoutes.ts'

let backend: TempBackend
/** The address of a person who is signed in; below it, one that nobody has. */
const EMAIL = 'uknown00000000000@login.invalid'
const UNKNOWN = 'unobody0000000000@login.invalid'
const PASSWORD = 'correct horse battery'
let token = ''
const printed: string[] = []

beforeAll(async () => {
  const hear = (...what: unknown[]): void => void printed.push(what.join(' '))
  for (const name of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, name).mockImplementation(hear)
  backend = await startTemp()
  await inviteAddress(backend.db.query, EMAIL)
  const signedUp = await call('/signup', { email: EMAIL, password: PASSWORD })
  token = (JSON.parse(signedUp.body) as { access_token: string }).access_token
  await backend.db.query(`with person as (
    insert into app.login (id, sign_in_name, email, name)
    select id, 'somebody', email, '某人'
    from auth.users
    where email = $1
    returning id
  )
  insert into app.role_grant (id, login_id, role)
  select gen_random_uuid(), id, 'admin'
  from person`, [EMAIL])
})
afterAll(async () => {
  await backend.discard()
  vi.restoreAllMocks()
})

/** A phone of its own, with its session in memory. */
function device(): SupabaseClient {
  const auth = { persistSession: false, autoRefreshToken: false }
  return createClient(backend.url, backend.publishableKey, { auth })
}

interface Reply { status: number, body: string, headers: Record<string, string> }
interface Ask { method?: string, bearer?: string | undefined, from?: string, raw?: string }

async function call(route: string, body: unknown, ask: Ask = {}): Promise<Reply> {
  const { method = 'POST', bearer, from = '203.0.113.1', raw } = ask
  const answer = await fetch(`${backend.url}/auth/v1${route}`, {
    method,
    redirect: 'manual',
    headers: {
      'apikey': backend.publishableKey,
      'content-type': 'application/json',
      'x-forwarded-for': from,
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(method === 'GET' ? {} : { body: raw ?? JSON.stringify(body) }),
  })
  const { date: _date, ...headers } = Object.fromEntries(answer.headers)
  return { status: answer.status, body: await answer.text(), headers }
}
async function signIn(email: string, password: string, from: string): Promise<Reply> {
  return call('/token?grant_type=password', { email, password }, { from })
}

/** Routes that lite or GoTrue serve and the library does not ask for. */
const OTHERS = [
  'GET /verify?token=000000&type=recovery', 'POST /magiclink', 'GET /callback', 'POST /callback', 'GET /settings',
  'GET /health', 'POST /invite', 'POST /sso', 'POST /factors', 'POST /passkeys/authentication/options',
  'GET /nonexistent', 'GET /.well-known/openid-configuration',
  'POST /token', 'POST /token?grant_type=', 'GET /token?grant_type=password',
  'POST /token?grant_type=password&grant_type=pkce', 'POST /signup/', 'POST //signup', 'POST /SIGNUP', 'GET /logout',
]
const OPEN = new Set([
  'POST /signup', 'POST /token?grant_type=password', 'POST /token?grant_type=refresh_token', 'GET /user',
  'POST /logout?scope=019a0000-0000-7000-8000-000000000000',
])

describe('the way in', () => {
  const routes = libraryRoutes()
  it('is read from the library', () => {
    expect(routes.length).toBeGreaterThan(140)
    const known = [...OPEN, 'POST /recover', 'POST /otp', 'POST /verify', 'PUT /user', 'POST /resend', 'GET /authorize']
    expect(routes).toEqual(expect.arrayContaining(known))
  })

  it.each([...routes, ...OTHERS].filter(route => !OPEN.has(route)))('%s is not there', async (route) => {
    const [method = '', where = ''] = route.split(' ')
    for (const bearer of [undefined, token]) {
      const body = { email: EMAIL, phone: '8613800000000', token: '000000', type: 'recovery', password: PASSWORD }
      const told = await call(where, body, { method, bearer })
      expect([told.status, told.body]).toEqual([404, '{"code":404,"error_code":"not_found","msg":"Not served here"}'])
    }
  })

  it('makes no code and prints nothing for all these requests', async () => {
    const codes = await backend.db.query(`select id from auth.users where coalesce(recovery_token, confirmation_token,
      email_change_token_new, email_change_token_current, reauthentication_token, phone_change_token) is not null`)
    expect([codes, printed]).toEqual([[], []])
  })

  it('is open for the person and their session', async () => {
    const supabase = device()
    const { data } = await supabase.auth.signInWithPassword({ email: EMAIL, password: PASSWORD })
    expect((await supabase.auth.getUser()).data.user?.id).toBe(data.user?.id)
    expect((await supabase.auth.refreshSession()).error).toBeNull()
    const bearer = data.session?.access_token ?? ''
    expect((await supabase.auth.signOut()).error).toBeNull()
    expect((await call('/user', null, { method: 'GET', bearer })).status).toBe(403)
  })

  it('renews a session that asks thirty times at once, as a page does that is left and opened again', async () => {
    const tokenOf = (body: string): string => (JSON.parse(body) as { refresh_token: string }).refresh_token
    let refresh_token = tokenOf((await signIn(EMAIL, PASSWORD, '203.0.113.4')).body)
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 30 }, async () =>
        call('/token?grant_type=refresh_token', { refresh_token })))
      expect(answers.filter(answer => answer.status !== 200)).toEqual([])
      refresh_token = tokenOf(answers[round]!.body)
    }
  })

  it('renews a session whose server was killed before its new token was there, and none signed out', async () => {
    const { data } = await device().auth.signInWithPassword({ email: EMAIL, password: PASSWORD })
    const { refresh_token = '', access_token = '' } = data.session ?? {}
    await backend.db.query('update auth.refresh_tokens set revoked = true where token = $1', [refresh_token])
    const renewed = await call('/token?grant_type=refresh_token', { refresh_token })
    expect(renewed.status).toBe(200)
    await call('/logout?scope=local', {}, { bearer: access_token })
    for (const { refresh_token: old } of [data.session!, JSON.parse(renewed.body) as { refresh_token: string }]) {
      expect((await call('/token?grant_type=refresh_token', { refresh_token: old })).status).toBe(400)
    }
  })

  it('offers a code by SMS only while it is switched on, and sends none', async () => {
    await backend.db.query('select private.switch_phone_sign_in(true)')
    for (const route of ['/otp', '/verify']) {
      const { body } = await call(route, { phone: '8613800000000' })
      expect(JSON.parse(body)).toMatchObject({ code: 400, error_code: 'phone_provider_disabled' })
    }
    await backend.db.query('select private.switch_phone_sign_in(false)')
    expect((await call('/otp', { phone: '8613800000000' })).status).toBe(404)
  })

  it.each(['[]', '1', '{', '"x"'])('answers a body %s with 400', async (raw) => {
    for (const route of ['/signup', '/token?grant_type=password', '/token?grant_type=refresh_token']) {
      expect((await call(route, null, { raw, from: '203.0.113.2' })).status).toBe(400)
    }
  })

  it.each([
    {},
    { email: 1, password: {} },
    { email: 'a\0b', password: 'c\0d' },
    { email: 'x'.repeat(100_000), password: 'y'.repeat(100_000) },
  ])('keeps fields of the wrong kind from the database: %#', async (body) => {
    expect((await call('/token?grant_type=password', body, { from: '203.0.113.3' })).status).toBe(400)
    expect((await call('/token?grant_type=refresh_token', body, { from: '203.0.113.3' })).status).toBe(400)
    expect((await call('/signup', body, { from: '203.0.113.3' })).status).toBe(422)
  })
})

describe('known and unknown get the same answer', () => {
  it('to a wrong password, letter by letter', async () => {
    const known = await signIn(EMAIL, 'wrong horse', '203.0.113.10')
    expect(known).toEqual(await signIn(UNKNOWN, 'wrong horse', '203.0.113.11'))
    expect(known.status).toBe(400)
    expect(known.body).toBe('{"code":400,"error_code":"invalid_credentials","msg":"Invalid login credentials"}')
  })

  it('to many wrong passwords', async () => {
    const tried = async (email: string, from: string): Promise<number[]> => {
      const seen: number[] = []
      for (let i = 0; i < 12; i++) seen.push((await signIn(email, `no ${i}`, from)).status)
      return seen
    }
    const known = await tried(EMAIL, '203.0.113.12')
    expect(known).toEqual([400, 400, 400, 400, 400, ...Array.from({ length: 7 }).fill(429)])
    expect(await tried(UNKNOWN, '203.0.113.13')).toEqual(known)
  })

  it('to a sign-up with a taken address, an unknown one, and that of a used invitation', async () => {
    await inviteAddress(backend.db.query, 'uused@login.invalid')
    await backend.db.query(`update app.invitation set used_at = now() where email = 'uused@login.invalid'`)
    const addresses = [EMAIL, UNKNOWN, 'uused@login.invalid', 'me@example.com']
    const answers = await Promise.all(addresses.map(async email => call('/signup', { email, password: PASSWORD })))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ code: 422, error_code: 'user_already_exists' })
    expect(await backend.db.query(`select id from auth.users where email <> $1`, [EMAIL])).toEqual([])
  })

  it('to a sign-up whose password holds the number behind a taken address', async () => {
    await backend.db.query(`with r as (
      insert into app.responder (id, kind, name) values (gen_random_uuid(), 'volunteer', '某人') returning id
    ),
    c as (insert into app.responder_contact (responder_id, phone) select id, '13812345678' from r)
    insert into app.invitation (id, purpose, token_hash, email, responder_id, expires_at, used_at)
    select gen_random_uuid(), 'responder', '\\x01', 'utaken@login.invalid', id, now() + interval '1 day', now()
    from r`)
    const guess = async (email: string): Promise<Reply> => call('/signup', { email, password: '13812345678abc' })
    expect(await guess('utaken@login.invalid')).toEqual(await guess(UNKNOWN))
  })

  it('to a sign-in name', async () => {
    const told = async (p_name: string): Promise<string> => {
      const headers = { 'apikey': backend.publishableKey, 'content-profile': 'api', 'content-type': 'application/json' }
      const body = JSON.stringify({ p_name })
      return (await fetch(`${backend.url}/rest/v1/rpc/sign_in_name`, { method: 'POST', headers, body })).text()
    }
    const [known, unknown] = [await told('somebody'), await told('nobody')]
    expect(JSON.parse(known)).toEqual({ email: EMAIL })
    expect(unknown.replace(/u\w{16}@/, '')).toBe(known.replace(/u\w{16}@/, ''))
    expect(unknown.length).toBe(known.length)
  })
})

describe('a password', () => {
  it.each([
    ['short 1', 'short'],
    ['Password1', 'common'],
    ['20261128', 'figures'],
    ['x'.repeat(73), 'long'],
  ])('%s is too easy for anybody: %s', async (password, why) => {
    await inviteAddress(backend.db.query, 'ueasy@login.invalid').catch(() => undefined)
    for (const email of ['ueasy@login.invalid', UNKNOWN]) {
      const told = await call('/signup', { email, password })
      expect(told.status).toBe(422)
      expect(JSON.parse(told.body)).toMatchObject({ error_code: 'weak_password', weak_password: { reasons: [why] } })
    }
  })

  it('that a stranger tries ten times keeps nobody else out', async () => {
    for (let i = 0; i < 10; i++) await signIn(EMAIL, `guess ${i}`, '203.0.113.20')
    expect((await signIn(EMAIL, PASSWORD, '198.51.100.20')).status).toBe(200)
    const late = await signIn(EMAIL, PASSWORD, '203.0.113.20')
    expect([late.status, Number(late.headers['retry-after'])]).toEqual([429, 2])
  })

  it('that is tried twenty times at once is checked five times at most', async () => {
    const guess = async (i: number): Promise<Reply> => signIn('ucrowd@login.invalid', `guess ${i}`, '203.0.113.21')
    const seen = await Promise.all(Array.from({ length: 20 }, async (_, i) => guess(i)))
    expect(seen.filter(told => told.status === 400).length).toBeLessThanOrEqual(5)
    expect(seen.every(told => told.status === 400 || told.status === 429)).toBe(true)
  })

  it('that its person changes ends every other session at its next call', async () => {
    const [phone, tablet] = [device(), device()]
    for (const one of [phone, tablet]) {
      expect((await one.auth.signInWithPassword({ email: EMAIL, password: PASSWORD })).error).toBeNull()
    }
    const change = async (p_old: string, p_new: string): Promise<unknown> =>
      (await phone.schema('api').rpc('change_password', { p_old, p_new })).data
    expect(await change('wrong horse', 'another good one')).toMatchObject({ status: 'refused', code: 'wrong_password' })
    expect(await change(PASSWORD, 'somebody 12')).toMatchObject({ code: 'weak_password', detail: { why: 'own' } })
    expect(await change(PASSWORD, 'another good one')).toEqual({ status: 'applied' })
    const pull = { p_client: crypto.randomUUID(), p_schema: 1, p_cursors: {}, p_epoch: null, p_limit: 10 }
    const pulled = async (one: SupabaseClient): Promise<unknown> =>
      (await one.schema('api').rpc('pull', pull)).error?.code
    expect([await pulled(phone), await pulled(tablet)]).toEqual([undefined, '42501'])
    expect((await tablet.auth.refreshSession()).error?.code).toBe('refresh_token_not_found')
    expect((await signIn(EMAIL, PASSWORD, '198.51.100.21')).status).toBe(400)
    expect((await signIn(EMAIL, 'another good one', '198.51.100.21')).status).toBe(200)
  })
})
