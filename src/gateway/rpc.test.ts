import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect.ts'
import { secondsOf } from './errors.ts'
import { call, pull, push, pushOnLeave } from './rpc.ts'
import { SCHEMA } from './wire.ts'

const config = { backend_url: 'https://backend.example/', publishable_key: 'key', push_key: '', features: {} }
const PUSHED = { now: '2026-11-26T02:00:00.5+00:00', lmid: 0, hold: false, results: [], heads: {} }
const asked: Request[] = []
const who = (): ReturnType<typeof call> => call(connect(config), 'who_am_i', {}, v.unknown())
let answers: (Response | Error)[] = []

beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    asked.push(new Request(input, init))
    const next = answers.shift() ?? Response.json(PUSHED)
    if (next instanceof Error) throw next
    return next
  })
})
afterEach(() => {
  answers = []
  vi.unstubAllGlobals()
})
const refusal = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
  details: string | null = null,
): Response => Response.json({ code, message: 'text nobody reads', details, hint: null }, { status, headers })

describe('a call', () => {
  it('goes to schema api by POST, with the key', async () => {
    expect(await push(connect(config), { client: 'c', muts: [] })).toEqual({ ok: true, data: PUSHED })
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
    expect(await who()).toEqual({ ok: false, failure })
  })

  it('does not ask again by itself: order is the sync\'s business', async () => {
    answers = [refusal(503, ''), refusal(503, '')]
    await who()
    expect(asked).toHaveLength(1)
  })

  it('a push at the end of a page outlives it', () => {
    pushOnLeave(connect(config), 'token', { client: 'c', muts: [] })
    expect(asked[0]!.keepalive).toBe(true)
    expect(asked[0]!.headers.get('authorization')).toBe('Bearer token')
  })
})

describe('an answer of another shape', () => {
  const portal = (): Response =>
    new Response('<html>sign in to this wifi</html>', { headers: { 'content-type': 'text/html' } })
  const told: string[] = []
  const wire = (): ReturnType<typeof connect> =>
    connect(config, { unreadable: (name, field) => told.push(`${name} ${field}`) })
  const unreadable = { ok: false, failure: { kind: 'unreadable' } }
  beforeEach(() => { told.length = 0 })

  it.each([
    ['nothing', Response.json(null), 'push all'],
    ['a page of a network that wants a sign-in', portal(), 'push all'],
    ['a number that is text', Response.json({ ...PUSHED, lmid: '7' }), 'push lmid'],
    ['a moment that is none', Response.json({ ...PUSHED, now: 'soon' }), 'push now'],
    ['a head that is no version', Response.json({ ...PUSHED, heads: { 'user:7f3c': -1 } }), 'push heads.*'],
    ['a result without its number', Response.json({ ...PUSHED, results: [{ id: 'x' }] }), 'push results.*.seq'],
  ])('%s is unreadable, and said by function and place, without ids', async (_, answer, where) => {
    answers = [answer]
    expect(await push(wire(), { client: 'c', muts: [] })).toEqual(unreadable)
    expect(told).toEqual([where])
  })

  it('is read once: what fits is taken as it is, without the keys of newer servers', async () => {
    answers = [Response.json({ ...PUSHED, lmid: 7, weather: 'fine' })]
    expect(await push(wire(), { client: 'c', muts: [] })).toEqual({ ok: true, data: { ...PUSHED, lmid: 7 } })
    expect(told).toEqual([])
  })

  it('of a pull that is for newer apps only still says that this one is too old', async () => {
    answers = [Response.json({ min_client: SCHEMA + 1, pages: 'of another form' })]
    const answer = await pull(wire(), { client: 'c', cursors: {}, epoch: null, limit: 1 })
    expect(answer).toMatchObject({ ok: true, data: { min_client: SCHEMA + 1, scopes: {}, entries: [] } })
  })
})

it('takes the functions and arguments of SQL and no others: renaming one there does not compile here', () => {
  const never = (): unknown[] => [
    // @ts-expect-error no such function
    call(connect(config), 'accept_shift', {}, v.unknown()),
    // @ts-expect-error the argument is called p_responder_ids
    call(connect(config), 'invite', { p_responders: [] }, v.unknown()),
    // @ts-expect-error the reason is missing
    call(connect(config), 'reveal_contact', { p_responder_id: 'r' }, v.unknown()),
    // @ts-expect-error this one has no default, so it is not null
    call(connect(config), 'issue_reset', { p_responder_id: null }, v.unknown()),
    call(connect(config), 'units_below', { p_parent: null }, v.unknown()),
    call(connect(config), 'import_batches', { p_community_id: null }, v.unknown()),
  ]
  expect(never).toBeTypeOf('function')
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-26T02:00:00Z')
  it.each([
    ['7', 7],
    [' 120 ', 120],
    ['Thu, 26 Nov 2026 02:00:30 GMT', 30],
    ['Thu, 26 Nov 2026 01:59:00 GMT', null],
    ['0', null],
    ['soon', null],
    [null, null],
  ])('%j = %j seconds', (header, seconds) => {
    expect(secondsOf(header, now)).toBe(seconds)
  })
})
