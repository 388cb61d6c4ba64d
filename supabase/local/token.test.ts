import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { readToken, signToken } from './token.ts'

const claims = { sub: 'a', role: 'authenticated', exp: 1000 }
const token = signToken(claims, 'secret')

it('reads what it signed, until it expires', () => {
  expect(readToken(token, 'secret', 999)).toEqual(claims)
  expect(readToken(token, 'secret', 1000)).toBeNull()
})

it('reads a token of another maker (RFC 7515 form)', () => {
  const other = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhIiwicm9sZSI6ImF1dGhlbnRpY2F0ZWQiLCJleHAiOjEwMDB9'
  expect(token.startsWith(`${other}.`)).toBe(true)
})

it('refuses another secret, a changed body, a missing claim and every other algorithm', () => {
  const [head, , mac] = token.split('.')
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const none = `${part({ alg: 'none' })}.${part(claims)}.`
  const changed = `${head}.${part({ ...claims, sub: 'b' })}.${mac}`
  const noRole = signToken({ sub: 'a', exp: 2000 } as never, 'secret')
  for (const bad of [signToken(claims, 'other'), changed, none, noRole, '', '..', `${token}.x`, `${token}x`]) expect(readToken(bad, 'secret', 1)).toBeNull()
})
