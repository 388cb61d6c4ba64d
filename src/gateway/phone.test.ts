import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from './connect.ts'
import { e164, sendCode, signInByCode } from './phone.ts'
import { ownerOfPhone } from './session.ts'

const config = {
  backend_url: 'https://backend.example/',
  publishable_key: 'key',
  push_key: '',
  features: { phone_otp: true },
}
const asked: { path: string, body: Record<string, unknown> }[] = []
let answers: Record<string, () => Response> = {}
const kept = new Map<string, string>()

beforeEach(() => {
  asked.length = 0
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => kept.set(k, v),
    removeItem: (k: string) => kept.delete(k),
  })
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname
    asked.push({ path, body: await request.json().catch(() => ({})) as Record<string, unknown> })
    const answer = answers[path]
    return answer ? answer() : Response.json({}, { status: 500 })
  })
})
afterEach(() => vi.unstubAllGlobals())

const token = `${btoa('{"alg":"HS256"}')}.${btoa(JSON.stringify({ sub: 'a', exp: 4_000_000_000 }))}.x`
const session = (): Response =>
  Response.json({
    access_token: token,
    refresh_token: 'r',
    expires_in: 3600,
    token_type: 'bearer',
    user: { id: 'a', aud: 'authenticated' },
  })

describe('a number', () => {
  it.each([
    ['13800001111', '+8613800001111'],
    ['１３８ 0000 1111', '+8613800001111'],
    ['+86 138-0000-1111', '+8613800001111'],
    ['8613800001111', '+8613800001111'],
    ['025-0083', null],
    ['', null],
  ])('%s is %s', (typed, wanted) => {
    expect(e164(typed)).toBe(wanted)
  })
})

describe('a code by SMS', () => {
  it('is asked for in international form', async () => {
    answers = { '/auth/v1/otp': () => Response.json({}) }
    expect(await sendCode(connect(config), '138 0000 1111')).toEqual({ status: 'sent' })
    expect(asked[0]!.body.phone).toBe('+8613800001111')
  })

  it('says how long to wait when asked for too often', async () => {
    answers = { '/auth/v1/otp': () => Response.json({ code: 'over_sms_send_rate_limit' }, { status: 429 }) }
    expect(await sendCode(connect(config), '13800001111')).toEqual({ status: 'wait', after_s: 60 })
  })

  it('signs in and links the person behind the number', async () => {
    answers = { '/auth/v1/verify': session, '/rest/v1/rpc/link_phone': () => Response.json({ status: 'applied' }) }
    expect(await signInByCode(connect(config), '13800001111', ' 123456 ')).toEqual({ status: 'signed_in', login: 'a' })
    expect(asked.find(a => a.path === '/auth/v1/verify')!.body).toMatchObject({
      phone: '+8613800001111',
      token: '123456',
      type: 'sms',
    })
    expect(ownerOfPhone()).toBe('a')
  })

  it('leaves nobody signed in when the number belongs to nobody here', async () => {
    answers = {
      '/auth/v1/verify': session,
      '/rest/v1/rpc/link_phone': () => Response.json({ status: 'refused', code: 'gone' }),
      '/auth/v1/logout': () => Response.json({}),
    }
    expect(await signInByCode(connect(config), '13800001111', '123456')).toEqual({ status: 'unknown' })
    expect(ownerOfPhone()).toBeNull()
  })

  it('is wrong when the server says so', async () => {
    answers = { '/auth/v1/verify': () => Response.json({ code: 'otp_expired' }, { status: 403 }) }
    expect(await signInByCode(connect(config), '13800001111', '000000')).toEqual({ status: 'wrong' })
  })
})
