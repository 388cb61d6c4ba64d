import type { IncomingMessage, ServerResponse } from 'node:http'
import { Buffer } from 'node:buffer'
import { acceptedEncodings, compress, isWorthIt } from './compress.ts'

/** An HTTP answer that is not sent yet. */
export interface Answer {
  status: number
  headers: Readonly<Record<string, string | string[]>>
  body: Buffer
}

/** A JSON answer that nobody caches. */
export function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(JSON.stringify(value)),
  }
}

/** An error as PostgREST words it. */
export function errorAnswer(status: number, code: string, message: string, details: string | null = null): Answer {
  return json(status, { code, message, details, hint: null })
}

/** One line of plain text that nobody caches. */
export function text(status: number, line: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(`${line}\n`),
  }
}

/** Sends an answer, compressed if the client takes that and the answer becomes smaller. */
export async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers, body } = answer
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.statusCode = status
  if (status === 413) response.setHeader('connection', 'close') // the rest of the body is not read
  const type = String(headers['content-type'] ?? '')
  const compressible = headers['content-encoding'] === undefined && isWorthIt(type, body.length)
  const encoding = compressible ? acceptedEncodings(request)[0] : undefined
  const bytes = encoding === undefined ? body : await compress(body, encoding, false)
  if (encoding !== undefined) response.setHeader('content-encoding', encoding)
  if (compressible) response.appendHeader('vary', 'Accept-Encoding')
  if (status !== 204 && status !== 304) response.setHeader('content-length', bytes.length)
  response.end(request.method === 'HEAD' || status === 204 || status === 304 ? undefined : bytes)
}
