import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Rpc } from '../rpc/rpc.ts'
import type { Answer } from './answer.ts'
import type { AddressOf } from './caller-address.ts'
import type { WebHandler } from './web.ts'
import { createServer } from 'node:http'
import { kindOf } from '../failure.ts'
import { json, send, text } from './answer.ts'
import { CORS_HEADERS, preflight } from './cors.ts'
import { ownSockets, securityHeaders } from './headers.ts'
import { makeRateLimit } from './rate-limit.ts'
import { rpcRequest } from './rpc-request.ts'
import { passOn } from './web.ts'

export interface Rooms {
  publishableKey: string
  auth: WebHandler
  rpc: Rpc
  functions: WebHandler
  /** The run-time configuration of the app, as this request may see it. */
  config: (request: IncomingMessage) => unknown
  /** Version and state; `up` decides between 200 and 503. */
  health: () => Promise<{ up: boolean, body: unknown }>
  /** Everything else: files and pages. Null = it answered by itself. */
  page: (request: IncomingMessage, response: ServerResponse, urlPath: string) => Promise<Answer | null>
  addressOf: AddressOf
  log: (line: string) => void
}

/** What callers may ask with; what is not here no web handler can be given (TRACE) or has any use for. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The one HTTP server of the one origin; it is not listening yet. */
export function frontDoor(rooms: Rooms): Server {
  const within = makeRateLimit(rooms.addressOf)
  return createServer(
    { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 20_000 },
    (request, response) => {
      for (const [name, value] of Object.entries(securityHeaders(...ownSockets(request.headers.host)))) {
        response
          .setHeader(name, value)
      }
      route(rooms, request, response, within).then(async (answer) => {
        if (answer !== null) await send(request, response, answer)
      }).catch((error: unknown) => {
        // a request that was read to its end counts as destroyed, and its caller still waits
        if (response.destroyed || request.socket.destroyed) return
        rooms.log(`A request failed: ${kindOf(error)}`)
        if (!response.headersSent) void send(request, response, json(500, { message: 'Internal error' }))
        else response.destroy()
      })
    },
  )
}

async function route(
  rooms: Rooms,
  request: IncomingMessage,
  response: ServerResponse,
  within: (request: IncomingMessage, now: number) => number,
): Promise<Answer | null> {
  const url = URL.parse(request.url ?? '/', 'http://localhost')
  if (url === null) return text(400, 'Bad request')
  const { pathname, searchParams } = url
  if (!METHODS.has(request.method ?? '')) return text(405, 'Method not allowed')
  const seconds = within(request, Date.now())
  if (seconds > 0) return tooMany(seconds)
  if (pathname.startsWith('/auth/v1/') || pathname.startsWith('/rest/v1/')) {
    if (request.method === 'OPTIONS') return preflight()
    const key = request.headers.apikey ?? searchParams.get('apikey')
    const answer = key === rooms.publishableKey
      ? await dataApi(rooms, request, url)
      : json(401, { message: 'Invalid API key', hint: 'Send the publishable key of /config.json as apikey.' })
    if (answer.status >= 500) rooms.log(failureLine(pathname, answer))
    return { ...answer, headers: { ...answer.headers, ...CORS_HEADERS } }
  }
  if (pathname.startsWith('/functions/v1/')) return pass(rooms, request, rooms.functions)
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Method not allowed')
  if (pathname === '/config.json') return json(200, rooms.config(request))
  if (pathname === '/healthz') {
    const { up, body } = await rooms.health()
    return json(up ? 200 : 503, body)
  }
  return rooms.page(request, response, pathname)
}

/** Nothing was done; a page of another origin may read how long to wait. */
function tooMany(seconds: number): Answer {
  const answer = json(429, { code: 'RW003', message: 'Too many requests', details: String(seconds), hint: null })
  return { ...answer, headers: { ...answer.headers, ...CORS_HEADERS, 'retry-after': String(seconds) } }
}

const TOO_LARGE = json(413, { message: 'The request is larger than 2 MB' })

async function dataApi(rooms: Rooms, request: IncomingMessage, url: URL): Promise<Answer> {
  if (url.pathname.startsWith('/auth/v1/')) return pass(rooms, request, rooms.auth)
  const call = await rpcRequest(request, url, rooms.addressOf)
  // Only functions exist: a table path is not even looked up.
  if (call === null)
    return json(404, { code: 'PGRST205', message: 'Only functions are served here', details: null, hint: null })
  return call === 'too_large' ? TOO_LARGE : rooms.rpc(call)
}

async function pass(rooms: Rooms, request: IncomingMessage, handler: WebHandler): Promise<Answer> {
  const answer = await passOn(request, handler, rooms.addressOf)
  return answer === 'too_large' ? TOO_LARGE : answer
}

/** Which call failed how, without anything its caller wrote. */
function failureLine(pathname: string, answer: Answer): string {
  const call = /^\/(?:auth\/v1|rest\/v1\/rpc)\/[a-z_]{1,60}/.exec(pathname)?.[0] ?? 'A call'
  const code = /"code":"(\w{1,20})"/.exec(answer.body.toString('utf8'))?.[1]
  return `${call} failed: ${answer.status}${code === undefined ? '' : ` ${code}`}`
}
