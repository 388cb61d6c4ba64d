import { Buffer } from 'node:buffer'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { chooseEncoding, compress } from './compress.ts'

it.each([
  ['gzip, deflate, br', 'application/json; charset=utf-8', 5000, 'br'],
  ['gzip', 'text/html', 5000, 'gzip'],
  ['br;q=0, gzip', 'text/html', 5000, 'gzip'],
  ['br', 'image/png', 5000, null],
  ['br', 'font/woff2', 5000, null],
  ['br', 'text/html', 200, null],
  ['identity', 'text/html', 5000, null],
  [undefined, 'text/html', 5000, null],
] as const)('%s for %s of %i bytes: %s', (accept, type, bytes, encoding) => {
  expect(chooseEncoding(accept, type, bytes)).toBe(encoding)
})

it('what it compresses comes back', async () => {
  const body = Buffer.from('值班'.repeat(2000))
  expect(brotliDecompressSync(await compress(body, 'br', true))).toEqual(body)
  expect(gunzipSync(await compress(body, 'gzip', false))).toEqual(body)
})
