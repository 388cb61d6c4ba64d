import type { TempBackend } from './harness.ts'
import { get } from 'node:http'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteAddress, startTemp } from './harness.ts'

let backend: TempBackend

beforeAll(async () => { backend = await startTemp() })
afterAll(async () => { await backend.discard() })

it('says version and database state', async () => {
  const answer = await fetch(`${backend.url}/healthz`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/), database: 'up' })
})

it('serves the run-time configuration, never from a cache', async () => {
  const answer = await fetch(`${backend.url}/config.json`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toEqual({
    backend_url: '',
    publishable_key: backend.publishableKey,
    push_key: expect.stringMatching(/^B[\w-]{86}$/),
    features: { phone_otp: false },
    demo: false,
  })
})

const ANSWERS = ['/healthz', '/config.json', '/b/0000000000', '/nothing.js', '/rest/v1/rpc/who_am_i']
it.each(ANSWERS)('%s carries the security headers', async (path) => {
  const { headers } = await fetch(backend.url + path)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`default-src 'self'`)
  expect(policy).toContain(`frame-ancestors 'none'`)
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
  const sockets = `ws://localhost:${backend.port} wss://localhost:${backend.port}`
  expect(policy, 'its own sockets and nobody else\'s').toContain(`connect-src 'self' ${sockets};`)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('permissions-policy')).toContain('microphone=()')
})

/** Gets a path exactly as given; fetch would normalise it. */
async function rawGet(path: string): Promise<{ status: number, body: string }> {
  return new Promise((resolve, reject) => {
    get({ port: backend.port, host: 'localhost', path }, (answer) => {
      let body = ''
      answer.on('data', (chunk: Uint8Array) => { body += String(chunk) })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    }).on('error', reject)
  })
}

const OUTSIDE = [
  '/../package.json',
  '/%2e%2e/package.json',
  '/.sources',
  '/assets/..%2f..%2fpackage.json',
  '/%00.js',
  '/assets/nothing-12345678.js',
  '/..%5cpackage.json',
  '/%E0%A4%A.js',
  '//evil/../package.json',
]

it.each(OUTSIDE)('%s is not a file of the app', async (path) => {
  expect((await rawGet(path)).status).toBe(404)
})

it('answers a malformed path with 400', async () => {
  expect((await rawGet('//[')).status).toBe(400)
})

it('other methods and system pages of the Data API are not served', async () => {
  expect((await fetch(backend.url, { method: 'POST', body: 'x' })).status).toBe(405)
  expect((await fetch(`${backend.url}/_system/introspect`, { method: 'PUT' })).status).toBe(405)
  const page = await fetch(`${backend.url}/_system/config`)
  expect(await page.text()).not.toContain('publishable_key')
})

it('answers a function that is not there with 404', async () => {
  expect((await fetch(`${backend.url}/functions/v1/nothing`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${backend.url}/functions/v1/..%2flocal`, { method: 'POST' })).status).toBe(404)
})

describe('calls', () => {
  const call = async (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${backend.url}/rest/v1/rpc/duty_board`, {
      method: 'POST',
      headers: {
        'apikey': backend.publishableKey,
        'content-type': 'application/json',
        'content-profile': 'api',
        ...headers,
      },
      body,
    })

  it('larger than 2 MB are refused', async () => {
    expect((await call(JSON.stringify({ p_code: 'x'.repeat(2_200_000) }))).status).toBe(413)
    expect((await call(JSON.stringify({ p_code: 'x'.repeat(200_000) }))).status).toBe(200)
  })

  it('that are not JSON are answered with 400', async () => {
    expect((await call('{')).status).toBe(400)
  })

  it('answer with compressed JSON that no cache keeps', async () => {
    await inviteAddress(backend.db.query, 'u2@login.invalid')
    const answer = await fetch(`${backend.url}/auth/v1/signup`, {
      method: 'POST',
      headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json', 'accept-encoding': 'br' },
      body: JSON.stringify({ email: 'u2@login.invalid', password: 'correct horse' }),
    })
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('vary')).toContain('Accept-Encoding')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toMatchObject({ user: { email: 'u2@login.invalid' } })
  })

  it('by HEAD and GET write nothing', async () => {
    const headers = { 'apikey': backend.publishableKey, 'accept-profile': 'api' }
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(`${backend.url}/rest/v1/rpc/feedback?p_text=seen`, { method, headers })
      expect(answer.status, method).toBe(405)
    }
    expect(await backend.db.query('select text from app.feedback')).toEqual([])
  })

  it('by GET work for the residents\' page', async () => {
    const supabase = createClient(backend.url, backend.publishableKey)
    const { data, error } = await supabase.schema('api').rpc('duty_board', { p_code: '0000000000' }, { get: true })
    expect(error).toBeNull()
    expect(data).toMatchObject({ found: false })
    const look = async (init: RequestInit = {}): Promise<string | null> =>
      (await fetch(`${backend.url}/rest/v1/rpc/duty_board?p_code=0000000000`, {
        ...init,
        headers: { apikey: backend.publishableKey, ...init.headers },
      })).headers.get('cache-control')
    expect(await look(), 'any cache may keep it for a moment').toBe('public, max-age=15')
    expect(await look({ method: 'POST', body: '{"p_code":"0000000000"}' })).toBe('no-store')
    expect(await look({ headers: { 'accept-profile': 'app' } }), 'a refusal').toBe('no-store')
  })
})

it('passwords cannot be guessed quickly from one address', async () => {
  // each guess is for another account, because SQL counts the tries of one account
  const guess = async (i: number): Promise<Response> => fetch(`${backend.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
    body: JSON.stringify({ email: `u${i}@login.invalid`, password: 'guess' }),
  })
  const answers = await Promise.all(Array.from({ length: 70 }, async (_, i) => guess(i)))
  const seen = answers.map(answer => answer.status)
  const refused = answers.find(answer => answer.status === 429)
  expect(refused?.headers.get('retry-after')).toBe('1')
  expect(refused?.headers.get('access-control-expose-headers'), 'a page of another origin may read it').toContain(
    'Retry-After',
  )
  expect(refused?.headers.get('access-control-allow-origin')).toBe('*')
  expect(seen.filter(status => status === 429).length).toBeGreaterThanOrEqual(8)
  expect(seen.filter(status => status === 400).length).toBeGreaterThanOrEqual(60)
})
