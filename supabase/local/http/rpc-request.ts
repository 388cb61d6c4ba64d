import type { IncomingMessage } from 'node:http'
import type { RpcRequest } from '../rpc/rpc.ts'
import type { AddressOf } from './caller-address.ts'
import { readBody } from './web.ts'

/** A request to `/rest/v1/rpc/<name>` as a call; null = not such a path, or a method without meaning there. */
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

/** Arguments of a GET are texts, which SQL converts. */
function queryBody(url: URL): { length: number, toString: (encoding: 'utf8') => string } {
  const text = JSON.stringify(
    Object.fromEntries([...url.searchParams].filter(([name]) => name !== 'apikey' && name !== 'select')),
  )
  return { length: text.length, toString: () => text }
}
