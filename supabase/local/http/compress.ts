import type { Buffer } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip'

const TEXT = /^(?:text\/|image\/svg\+xml|application\/(?:json|javascript|manifest\+json|vnd\.pgrst|wasm|problem\+json))/

/** Smaller answers grow or stay when compressed. Bytes. */
const WORTH = 1_000

/** The encoding to answer in, or null to send the bytes as they are. */
export function chooseEncoding(accept: string | undefined, type: string, bytes: number): Encoding | null {
  if (accept === undefined || bytes < WORTH || !TEXT.test(type)) return null
  const offered = accept.split(',').map(part => part.trim()).filter(part => !/;\s*q=0(?:\.0*)?$/.test(part)).map(part => part.split(';')[0])
  if (offered.includes('br')) return 'br'
  return offered.includes('gzip') ? 'gzip' : null
}

/** Compresses off the main thread. `once` = the result is kept, so more effort pays. */
export async function compress(body: Buffer, encoding: Encoding, once: boolean): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(body, { level: once ? 9 : 5 })
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: once ? 9 : 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
}

/** An ETag for these bytes in this encoding. */
export function etagOf(hash: string, encoding: Encoding | null): string {
  return `"${hash}${encoding === null ? '' : `-${encoding}`}"`
}
