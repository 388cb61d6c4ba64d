import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Keys } from '../data-folder.ts'
import type { Db } from '../database/db.ts'
import type { Door, Identity } from './caller.ts'
import { WebSocketServer } from 'ws'
import { readToken } from '../token.ts'
import { Caller } from './caller.ts'
import { passOn } from './passOn.ts'
import { Rings } from './rings.ts'

export interface Doorbell {
  /** Takes over an upgrade request of `/realtime/v1`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  close: () => void
}

/** supabase-js beats every 25 s; two missed beats and a little. */
const SILENCE = 60_000
const MAX_SOCKETS = 5_000

/** The socket that says "pull now": Realtime's protocol 2.0.0, private broadcast channels only. */
export async function startDoorbell(db: Db, keys: Keys, log: (line: string) => void): Promise<Doorbell> {
  const rings = new Rings()
  const callers = new Set<Caller>()
  const door = makeDoor(db, keys, rings, log)
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false })
  server.on('connection', (socket) => {
    const caller = new Caller(socket, door, Date.now())
    callers.add(caller)
    socket.once('close', () => callers.delete(caller))
  })
  await listen(db, rings)
  const stop = passOn(db, log)
  const sweep = setInterval(() => callers.forEach(caller => caller.sweep(Date.now(), SILENCE)), 5_000)
  return {
    upgrade(request, socket, head) {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams
      const refusal = query.get('apikey') !== keys.publishable_key ? '401 Unauthorized' : callers.size >= MAX_SOCKETS ? '503 Service Unavailable' : null
      if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      server.handleUpgrade(request, socket, head, websocket => server.emit('connection', websocket, request))
    },
    close() {
      clearInterval(sweep)
      stop()
      rings.stop()
      callers.forEach(caller => caller.end())
      server.close()
    },
  }
}

async function listen(db: Db, rings: Rings): Promise<void> {
  let again = false
  await db.listen('redwhistle_ring', notice => rings.hear(notice), () => {
    if (again) rings.ringAll()
    again = true
  })
}

function makeDoor(db: Db, keys: Keys, rings: Rings, log: (line: string) => void): Door {
  return {
    identify: token => identify(token, keys),
    async mayJoin(identity, topic) {
      try {
        const [row] = await db.query<{ may: boolean }>('select private.may_join($1::uuid, $2::text) as may', [identity.login, topic])
        return row?.may === true
      }
      catch (error) {
        log(`The doorbell cannot ask who may join: ${error instanceof Error ? error.message : String(error)}`)
        return false
      }
    },
    joined: (caller, topic) => rings.join(caller, topic),
    left: (caller, topic) => rings.leave(caller, topic),
  }
}

function identify(token: string, keys: Keys): Identity | null {
  if (token === keys.publishable_key) return { login: null, expires: Number.POSITIVE_INFINITY }
  const claims = readToken(token, keys.jwt_secret, Math.floor(Date.now() / 1000))
  return claims === null ? null : { login: claims.sub, expires: claims.exp }
}
