import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Rpc } from '../rpc/rpc.ts'
import type { Answer } from './answer.ts'
import type { AddressOf } from './caller-address.ts'
import type { WebHandler } from './request.ts'
import { createServer } from 'node:http'
import { kindOf } from '../failure.ts'
import { errorAnswer, json, send, text } from './answer.ts'
import { CORS_HEADERS, ownSockets, preflight, securityHeaders } from './headers.ts'
import { makeRateLimit } from './rate-limit.ts'
import { passOn, rpcRequest } from './request.ts'

/** What answers behind the front door. */
export interface Rooms {
  publishableKey: string
  auth: WebHandler
  rpc: Rpc
  functions: WebHandler
  /** The configuration of the app, as far as the caller of this request may see it. */
  config: (request: IncomingMessage) => unknown
  /** Version and state; `up` decides between 200 and 503. */
  health: () => Promise<{ up: boolean, body: unknown }>
  /** Files and pages, at every other path. Null = the answer is sent already. */
  page: (request: IncomingMessage, response: ServerResponse, urlPath: string) => Promise<Answer | null>
  addressOf: AddressOf
  log: (line: string) => void
}

/** The methods that callers may use. A web request cannot carry TRACE, and the others have no use here. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The one HTTP server of the one origin; it is not listening yet. */
export function frontDoor(rooms: Rooms): Server {
  const within = makeRateLimit(rooms.addressOf)
  return createServer(
    { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 20_000 },
    (request, response) => {
      const headers = securityHeaders(...ownSockets(request.headers.host))
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      route(rooms, request, response, within).then(async (answer) => {
        if (answer !== null) await send(request, response, answer)
      }).catch((error: unknown) => {
        // look at the socket: a request counts as destroyed once its body is read, while its caller still waits
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

/** The answer beyond a rate limit; nothing was done. Pages of other origins may read how long to wait, too. */
function tooMany(seconds: number): Answer {
  const answer = errorAnswer(429, 'RW003', 'Too many requests', String(seconds))
  return { ...answer, headers: { ...answer.headers, ...CORS_HEADERS, 'retry-after': String(seconds) } }
}

const TOO_LARGE = json(413, { message: 'The request is larger than 2 MB' })

async function dataApi(rooms: Rooms, request: IncomingMessage, url: URL): Promise<Answer> {
  if (url.pathname.startsWith('/auth/v1/')) return pass(rooms, request, rooms.auth)
  const call = await rpcRequest(request, url, rooms.addressOf)
  if (call === null) return errorAnswer(404, 'PGRST205', 'Only functions are served here')
  return call === 'too_large' ? TOO_LARGE : rooms.rpc(call)
}

async function pass(rooms: Rooms, request: IncomingMessage, handler: WebHandler): Promise<Answer> {
  const answer = await passOn(request, handler, rooms.addressOf)
  return answer === 'too_large' ? TOO_LARGE : answer
}

/** For the log: which call failed and how, without anything the caller wrote. */
function failureLine(pathname: string, answer: Answer): string {
  const call = /^\/(?:auth\/v1|rest\/v1\/rpc)\/[a-z_]{1,60}/.exec(pathname)?.[0] ?? 'A call'
  const code = /"code":"(\w{1,20})"/.exec(answer.body.toString('utf8'))?.[1]
  return `${call} failed: ${answer.status}${code === undefined ? '' : ` ${code}`}`
}
