import type { TokenAnswer } from '../../tests/fakes/authServer.ts'
import type { Connection } from './supabase.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AuthServer, session } from '../../tests/fakes/authServer.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { onAuth, signOut } from './auth.ts'
import { connect } from './connect.ts'
import { TOKEN_KEY, tokens } from './session.ts'
import { refresh } from './token.ts'

const shelf = new Map<string, string>()
const server = new AuthServer()
const events: string[] = []
let clock: FakeClock
let connection: Connection
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 5 })
const stored = (): { refresh_token?: string } => JSON.parse(shelf.get(TOKEN_KEY) ?? '{}') as object
const put = (s: object): unknown => shelf.set(TOKEN_KEY, JSON.stringify(s))
const refusal = (status: number, code: string, headers: Record<string, string> = {}): TokenAnswer => ({
  status,
  body: { code, message: 'x' },
  headers: { 'x-supabase-api-version': '2024-01-01', ...headers },
})

beforeEach(async () => {
  // auth-js prints what it is refused
  vi.spyOn(console, 'error').mockReturnValue()
  vi.spyOn(console, 'warn').mockReturnValue()
  shelf.clear()
  events.length = 0
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf.get(k) ?? null,
    setItem: (k: string, v: string) => shelf.set(k, v),
    removeItem: (k: string) => shelf.delete(k),
  })
  put(session('r1', -10))
  clock = new FakeClock()
  Object.assign(server, { answers: [] })
  server.asked.length = 0
  const backend_url = await server.open()
  connection = connect({ backend_url, publishable_key: 'key', push_key: '', features: {} }, {
    pace: { after: (ms, run) => clock.after(ms, run), random: () => 0.5 },
  })
})
afterEach(async () => {
  shelf.delete(TOKEN_KEY)
  connection.renewal.wake()
  await server.close()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('a token that is over, and a server that will not give a new one now', () => {
  it.each<[string, TokenAnswer | null, object]>([
    ['rate limit', refusal(429, 'over_request_rate_limit'), { code: 'busy', after_s: null }],
    ['rate limit that says how long', refusal(429, 'over_request_rate_limit', { 'retry-after': '20' }), {
      code: 'busy',
      after_s: 20,
    }],
    ['rate limit of a gateway', { status: 429, body: 'Too Many Requests' }, { code: 'busy', after_s: null }],
    ['two tabs at once', refusal(409, 'conflict'), { code: 'server', after_s: null }],
    ['outage', { status: 503, body: 'down' }, { code: 'busy', after_s: null }],
    ['defect', refusal(500, 'unexpected_failure'), { code: 'server', after_s: null }],
    ['deploy under way', { status: 404, body: 'no Route matched' }, { code: 'server', after_s: null }],
    ['key of a gateway', { status: 401, body: { message: 'Invalid API key' } }, { code: 'server', after_s: null }],
    ['captive portal', { status: 200, body: '<html>log in to the WLAN</html>' }, { code: 'network', after_s: null }],
    ['captive portal that speaks JSON', { status: 200, body: {} }, { code: 'network', after_s: null }],
    ['broken line', null, { code: 'network', after_s: null }],
  ])('%s: the person stays signed in, and has new tokens as soon as there are some', async (_, said, why) => {
    onAuth(connection, event => events.push(event))
    server.answers = [said, said]
    expect(await refresh(connection)).toEqual({ kind: 'retry', ...why })
    expect([tokens()?.login, events]).toEqual(['login-1', []])
    await until(() => expect(clock.waits()).toHaveLength(1))
    clock.pass(60_000)
    await until(() => expect([server.asked.length, clock.waits().length]).toEqual([2, 1]))
    clock.pass(60_000)
    await until(() => expect(stored().refresh_token).toBe('r4'))
    await until(() => expect(events).toEqual(['refreshed']))
    expect(server.asked).toEqual(['r1', 'r1', 'r1'])
    expect(await refresh(connection)).toBe('ok')
  })

  it('is not asked again while it wants to be left alone, by anybody', async () => {
    server.answers = [refusal(429, 'over_request_rate_limit', { 'retry-after': '20' })]
    await refresh(connection)
    for (let i = 0; i < 5; i++) expect(await refresh(connection)).toMatchObject({ code: 'busy' })
    expect(server.asked).toHaveLength(1)
    expect(clock.waits()).toEqual([30_000])
  })

  it('is asked at once after a broken line when the person comes back', async () => {
    server.answers = [null]
    await refresh(connection)
    await until(() => expect(clock.waits()).toHaveLength(1))
    expect(await refresh(connection)).toBe('ok')
  })

  it('takes what another tab was given', async () => {
    server.answers = [refusal(429, 'over_request_rate_limit')]
    await refresh(connection)
    await until(() => expect(clock.waits()).toHaveLength(1))
    put(session('theirs', 3600))
    clock.pass(60_000)
    await until(async () => expect(await refresh(connection)).toBe('ok'))
    expect(tokens()?.access_token).not.toBe('a-r1')
  })

  it('lets the person sign out at once', async () => {
    server.answers = Array.from({ length: 9 }, () => refusal(429, 'over_request_rate_limit'))
    await refresh(connection)
    await signOut(connection)
    expect(tokens()).toBeNull()
  })
})

it('nobody who never signed in is given a token', async () => {
  shelf.delete(TOKEN_KEY)
  expect(await refresh(connection)).toBe('refused')
})

describe('a dead refresh token', () => {
  it.each([
    'refresh_token_not_found',
    'refresh_token_already_used',
    'session_not_found',
    'session_expired',
    'user_banned',
  ])('%s ends the session', async (code) => {
    onAuth(connection, event => events.push(event))
    server.answers = [refusal(400, code)]
    expect(await refresh(connection)).toBe('refused')
    await until(() => expect(events).toEqual(['signed_out']))
    expect(tokens()).toBeNull()
  })
})
