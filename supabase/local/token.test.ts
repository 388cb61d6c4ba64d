import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { readToken, signToken } from './token.ts'

const claims = { sub: 'a', role: 'authenticated', exp: 1000 }
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** A token as another program makes it by RFC 7515. */
function madeElsewhere(header: object, payload: unknown, digest = 'sha256'): string {
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${createHmac(digest, 'secret').update(text).digest('base64url')}`
}

it('reads what it signed, until it expires', async () => {
  const token = await signToken(claims, 'secret')
  expect(await readToken(token, 'secret', 999)).toEqual(claims)
  expect(await readToken(token, 'secret', 1000)).toBeNull()
})

it('signs and reads tokens as other programs do', async () => {
  const theirs = madeElsewhere({ alg: 'HS256', typ: 'JWT' }, claims)
  expect(await signToken(claims, 'secret')).toBe(theirs)
  expect(await readToken(theirs, 'secret', 999)).toEqual(claims)
})

it('refuses another secret, a changed body, a missing or odd claim and every other algorithm', async () => {
  const token = await signToken(claims, 'secret')
  const [head, , mac] = token.split('.')
  const HS256 = { alg: 'HS256', typ: 'JWT' }
  const odd = [{ role: undefined }, { sub: 7 }, { exp: '9999' }, { exp: undefined }, { nbf: 5 }]
  const bad = [
    await signToken(claims, 'other'),
    `${head}.${part({ ...claims, sub: 'b' })}.${mac}`,
    `${part({ alg: 'none' })}.${part(claims)}.`,
    madeElsewhere({ alg: 'HS512', typ: 'JWT' }, claims, 'sha512'),
    madeElsewhere({ ...HS256, crit: ['b64'], b64: false }, claims),
    ...odd.map(one => madeElsewhere(HS256, { ...claims, ...one })),
    madeElsewhere(HS256, null),
    '',
    '..',
    `${token}.x`,
    `${token}x`,
  ]
  for (const one of bad) expect(await readToken(one, 'secret', 1), one).toBeNull()
})
