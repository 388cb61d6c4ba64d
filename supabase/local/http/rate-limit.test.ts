import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { addressReader } from './caller-address.ts'
import { makeRateLimit } from './rate-limit.ts'

const from = (url: string): IncomingMessage =>
  ({ url, headers: {}, socket: { remoteAddress: '203.0.113.9' } }) as unknown as IncomingMessage

/** How many of 100 requests at one moment are let through. */
function letThrough(url: string): number {
  const within = makeRateLimit(addressReader())
  return Array.from({ length: 100 }, () => within(from(url), 0)).filter(seconds => seconds === 0).length
}

it.each([
  '/auth/v1/token?grant_type=password',
  '/auth/v1/./token?grant_type=password',
  '/x/../auth/v1/token?grant_type=password',
  '/auth/v1/%74oken?grant_type=password',
  '/auth/v1/token?grant_type=passwor%64',
  '/auth/v1/token?grant_type=refresh_token&grant_type=password',
  '/auth/v1/token/?grant_type=password',
  'http://localhost/auth/v1/token?grant_type=password',
  '/auth/v1/./signup',
])('slows the guessing of passwords, however the path is written: %s', (url) => {
  expect(letThrough(url)).toBe(60)
})

it('lets refreshes of tokens and other calls through', () => {
  expect(letThrough('/auth/v1/token?grant_type=refresh_token')).toBe(100)
  expect(letThrough('/rest/v1/rpc/push')).toBe(100)
})

it('slows the guessing of door codes and links of calendars less: a community may share an address', () => {
  const within = makeRateLimit(addressReader())
  for (const url of ['/rest/v1/rpc/duty_board?p_code=x', '/functions/v1/calendar/x.ics']) {
    const passed = Array.from({ length: 300 }, () => within(from(url), 0)).filter(seconds => seconds === 0)
    expect(passed.length, url).toBe(240)
  }
})

it('answers in how many seconds the next request may come', () => {
  const within = makeRateLimit(addressReader())
  const ask = (now: number): number => within(from('/auth/v1/signup'), now)
  for (let i = 0; i < 60; i++) ask(0)
  expect([ask(0), ask(999), ask(1000), ask(1000)]).toEqual([1, 1, 0, 1])
})
