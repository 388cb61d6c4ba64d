import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'

export type Encoding = 'br' | 'gzip'

/** The encodings we answer in, the best first, with the ending of the files that hold a compressed form. */
export const ENCODINGS: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' }

const TEXT = /^(?:text\/|image\/svg\+xml|application\/(?:json|javascript|manifest\+json|vnd\.pgrst|wasm|problem\+json))/

/** Bytes from which compression makes an answer smaller. */
export const WORTH = 1_000

/** Does compression make a body of this type and length smaller? */
export function isWorthIt(type: string, bytes: number): boolean {
  return bytes >= WORTH && TEXT.test(type)
}

/** Those of our encodings that a client takes, the best first; none if it names none. */
export function acceptedEncodings(request: Pick<IncomingMessage, 'headers'>): Encoding[] {
  if (request.headers['accept-encoding'] === undefined) return []
  const accepted = new Negotiator(request as IncomingMessage).encodings(Object.keys(ENCODINGS))
  return (['br', 'gzip'] as const).filter(encoding => accepted.includes(encoding))
}

/** Compresses off the main thread. `once` = the result is stored, so more effort pays. */
export async function compress(body: Buffer, encoding: Encoding, once: boolean): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(body, { level: once ? 9 : 5 })
  const params = { [constants.BROTLI_PARAM_QUALITY]: once ? 9 : 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
  return promisify(brotliCompress)(body, { params })
}
