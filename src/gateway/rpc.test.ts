import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect.ts'
import { secondsOf } from './errors.ts'
import { call, push, pushOnLeave } from './rpc.ts'
import { SCHEMA } from './wire.ts'

const config = { backend_url: 'https://backend.example/', publishable_key: 'key', push_key: '', features: {} }
const asked: Request[] = []
let answers: (Response | Error)[] = []

beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    asked.push(new Request(input, init))
    const next = answers.shift() ?? Response.json({ ok: 1 })
    if (next instanceof Error) throw next
    return next
  })
})
afterEach(() => {
  answers = []
  vi.unstubAllGlobals()
})
const refusal = (status: number, code: string, headers: Record<string, string> = {}, details: string | null = null): Response => Response.json({ code, message: 'text nobody reads', details, hint: null }, { status, headers })

describe('a call', () => {
  it('goes to schema api by POST, with the key', async () => {
    expect(await push(connect(config), { client: 'c', muts: [] })).toEqual({ ok: true, data: { ok: 1 } })
    const [request] = asked
    expect([request!.method, request!.url]).toEqual(['POST', 'https://backend.example/rest/v1/rpc/push'])
    expect(request!.headers.get('content-profile')).toBe('api')
    expect(request!.headers.get('apikey')).toBe('key')
    expect(await request!.json()).toEqual({ p_client: 'c', p_schema: SCHEMA, p_muts: [] })
  })

  it.each([
    [refusal(401, 'PGRST303'), { kind: 'unauthorized' }],
    [refusal(403, '42501'), { kind: 'forbidden' }],
    [refusal(400, 'RW001'), { kind: 'fork' }],
    [refusal(500, '57014'), { kind: 'retry', code: 'slow', after_s: null }],
    [refusal(429, 'RW003', {}, '9'), { kind: 'retry', code: 'busy', after_s: 9 }],
    [refusal(429, '', { 'retry-after': '7' }), { kind: 'retry', code: 'busy', after_s: 7 }],
    [new Response('<html>captive portal</html>', { status: 502 }), { kind: 'retry', code: 'server', after_s: null }],
    [new TypeError('fetch failed'), { kind: 'retry', code: 'network', after_s: null }],
    [new DOMException('', 'TimeoutError'), { kind: 'retry', code: 'network', after_s: null }],
  ])('answers a failure by code, never throws (%#)', async (answer, failure) => {
    answers = [answer]
    expect(await call(connect(config), 'pull', {})).toEqual({ ok: false, failure })
  })

  it('does not ask again by itself: order is the sync\'s business', async () => {
    answers = [refusal(503, ''), refusal(503, '')]
    await call(connect(config), 'push', {})
    expect(asked).toHaveLength(1)
  })

  it('a push at the end of a page outlives it', () => {
    pushOnLeave(connect(config), 'token', { client: 'c', muts: [] })
    expect(asked[0]!.keepalive).toBe(true)
    expect(asked[0]!.headers.get('authorization')).toBe('Bearer token')
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-26T02:00:00Z')
  it.each([['7', 7], [' 120 ', 120], ['Thu, 26 Nov 2026 02:00:30 GMT', 30], ['Thu, 26 Nov 2026 01:59:00 GMT', null], ['0', null], ['soon', null], [null, null]])('%j = %j seconds', (header, seconds) => {
    expect(secondsOf(header, now)).toBe(seconds)
  })
})
