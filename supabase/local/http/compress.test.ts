import { Buffer } from 'node:buffer'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { acceptedEncodings, compress, isWorthIt } from './compress.ts'

it.each([
  ['gzip, deflate, br', ['br', 'gzip']],
  ['gzip', ['gzip']],
  ['br;q=0, gzip', ['gzip']],
  ['gzip;q=0.000, br;q=0.5', ['br']],
  ['*', ['br', 'gzip']],
  ['identity', []],
  ['', []],
  [undefined, []],
])('a client that sends %j takes %j', (accept, encodings) => {
  expect(acceptedEncodings({ headers: accept === undefined ? {} : { 'accept-encoding': accept } })).toEqual(encodings)
})

it.each([
  ['application/json; charset=utf-8', 5000, true],
  ['text/html', 5000, true],
  ['image/png', 5000, false],
  ['font/woff2', 5000, false],
  ['text/html', 200, false],
])('%s of %i bytes is worth it: %s', (type, bytes, worth) => {
  expect(isWorthIt(type, bytes)).toBe(worth)
})

it('compresses so that the text comes back', async () => {
  const body = Buffer.from('值班'.repeat(2000))
  expect(brotliDecompressSync(await compress(body, 'br', true))).toEqual(body)
  expect(gunzipSync(await compress(body, 'gzip', false))).toEqual(body)
})
