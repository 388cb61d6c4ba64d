import type { IncomingMessage } from 'node:http'
import type { RpcRequest } from '../rpc/rpc.ts'
import type { Answer } from './answer.ts'
import type { AddressOf } from './caller-address.ts'
import { Buffer } from 'node:buffer'

/** The most bytes of a request body; an import of 500 rows has about 250 KB. */
const MAX_BODY = 2 * 1024 * 1024

export type WebHandler = (request: Request) => Promise<Response>

/** Headers that belong to one connection and are not copied to the next. */
const HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
  'expect',
  'content-length',
  'accept-encoding',
  'host',
  'x-forwarded-for',
])

/** Passes a Node request to a web-standard handler; `too_large` for a body over 2 MB. */
export async function passOn(
  request: IncomingMessage,
  handler: WebHandler,
  addressOf: AddressOf,
): Promise<Answer | 'too_large'> {
  const body = await readBody(request)
  if (body === null) return 'too_large'
  const method = request.method ?? 'GET'
  const answer = await handler(new Request(`http://localhost${request.url ?? '/'}`, {
    method,
    headers: webHeaders(request, addressOf(request)),
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  }))
  const headers: Record<string, string | string[]> = {}
  answer.headers.forEach((value, name) => {
    if (!HOP.has(name)) headers[name] = value
  })
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  headers['cache-control'] ??= 'no-store'
  return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) }
}

function webHeaders(request: IncomingMessage, address: string): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !HOP.has(name)) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  headers.set('x-forwarded-for', address)
  return headers
}

/** The whole body; null if it is larger than 2 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BODY) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** Reads a request to `/rest/v1/rpc/<name>` as a call; null for another path or a method that has no meaning there. */
export async function rpcRequest(
  request: IncomingMessage,
  url: URL,
  addressOf: AddressOf,
): Promise<RpcRequest | 'too_large' | null> {
  const name = /^\/rest\/v1\/rpc\/(\w+)$/.exec(url.pathname)?.[1]
  const method = request.method ?? 'GET'
  if (name === undefined || !['GET', 'HEAD', 'POST'].includes(method)) return null
  const body = method === 'POST' ? await readBody(request) : queryBody(url)
  if (body === null) return 'too_large'
  const profile = request.headers[method === 'POST' ? 'content-profile' : 'accept-profile']
  return {
    name,
    method,
    schema: typeof profile === 'string' ? profile : 'api',
    token: /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1],
    body: body.length === 0 ? '{}' : body.toString('utf8'),
    address: addressOf(request),
  }
}

/** The arguments of a GET, as texts; SQL converts them. */
function queryBody(url: URL): Buffer {
  const args = [...url.searchParams].filter(([name]) => name !== 'apikey' && name !== 'select')
  return Buffer.from(JSON.stringify(Object.fromEntries(args)))
}
