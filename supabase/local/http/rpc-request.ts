import type { IncomingMessage } from 'node:http'
import type { RpcRequest } from '../rpc/rpc.ts'
import type { AddressOf } from './caller-address.ts'
import { Buffer } from 'node:buffer'
import { readBody } from './web.ts'

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
