import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, request as forward } from 'node:http'
import { connect } from 'node:net'
import { WebSocketServer } from 'ws'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** One fault of a deployment: what the proxy answers or changes, by path. */
export interface Fault {
  /** A whole answer instead of the server's; null = the server's. */
  instead?: (path: string, method: string, headers: IncomingMessage['headers']) => Partial<Answer> | null
  /** Changes the server's headers. */
  headers?: (path: string, headers: Record<string, string>) => Record<string, string>
  /** How Realtime answers every join; `down` = it answers nothing at all. */
  joins?: 'ok' | 'error' | 'down' | 'public'
}

/** A proxy in front of a healthy server that plants one fault at a time. */
export interface Faulty {
  url: string
  plant: (fault: Fault) => void
  close: () => Promise<void>
}

/** Starts it on a free port of this machine. */
export async function startFaulty(port: number): Promise<Faulty> {
  let fault: Fault = {}
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const planted = fault.instead?.(path, request.method ?? 'GET', request.headers)
    if (planted !== undefined && planted !== null) {
      response.writeHead(planted.status ?? 200, planted.headers ?? { 'content-type': 'application/json' })
      return void response.end(planted.body ?? '{}')
    }
    const asked = forward(
      { port, host: '127.0.0.1', path, method: request.method, headers: request.headers },
      (answer) => {
        const given = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
        response.writeHead(answer.statusCode ?? 500, fault.headers?.(path, given) ?? given)
        answer.pipe(response)
      },
    )
    asked.on('error', () => response.destroy())
    request.pipe(asked)
  })
  server.on('upgrade', (request, socket, head) => upgrade(port, fault, request, socket, head))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plant: (next) => {
      fault = next
    },
    close,
  }
}

const sockets = new WebSocketServer({ noServer: true })

function upgrade(port: number, fault: Fault, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (fault.joins === 'down') return void socket.destroy()
  if (fault.joins !== undefined) {
    return sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('message', (data) => {
        const [joinRef, ref, topic, , payload] = JSON.parse(String(data)) as [
          string,
          string,
          string,
          string,
          { config: { private: boolean } },
        ]
        const status = fault.joins === 'ok' || !payload.config.private ? 'ok' : 'error'
        client.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status, response: {} }]))
      })
    })
  }
  const behind = connect(port, '127.0.0.1', () => {
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`)
    behind.write([`GET ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    behind.write(head)
    behind.pipe(socket).pipe(behind)
  })
  behind.on('error', () => socket.destroy())
  socket.on('error', () => behind.destroy())
}
