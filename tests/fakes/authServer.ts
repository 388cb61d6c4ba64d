import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { clock } from '../clock.ts'

/** One answer of a sign-in server. Text that is no JSON stands for a captive portal. */
export interface TokenAnswer { status: number, body: unknown, headers?: Record<string, string> }

/** A server that answers `POST /auth/v1/token` from a list (null: the line drops), then with new tokens. */
export class AuthServer {
  /** refresh tokens of the requests, in order */
  readonly asked: string[] = []
  answers: (TokenAnswer | null)[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      let text = ''
      request.on('data', (part: { toString: () => string }) => { text += part.toString() })
      request.on('end', () => {
        const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' }
        if (!request.url?.startsWith('/auth/v1/token')) return void response.writeHead(404, cors).end('{}')
        this.asked.push((JSON.parse(text) as { refresh_token: string }).refresh_token)
        const said = this.answers.shift()
        if (said === null) return void request.socket.destroy()
        const { status, body, headers } = said ?? { status: 200, body: session(`r${this.asked.length + 1}`, 3600) }
        const sent = typeof body === 'string' ? body : JSON.stringify(body)
        response.writeHead(status, { 'content-type': 'application/json', ...cors, ...headers }).end(sent)
      })
    })
  }

  /** Starts the server; answers its address. */
  async open(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }
}

/** A session as GoTrue gives it, good for `seconds` from now; a negative number: already over. */
export function session(refresh_token: string, seconds: number): object {
  const expires_at = Math.floor(clock.now() / 1000) + seconds
  return {
    access_token: `a-${refresh_token}`,
    refresh_token,
    token_type: 'bearer',
    expires_in: 3600,
    expires_at,
    user: { id: 'login-1' },
  }
}
