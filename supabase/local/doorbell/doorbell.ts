import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Keys } from '../data-folder.ts'
import type { Db } from '../database/db.ts'
import type { AddressOf } from '../http/caller-address.ts'
import type { Loop } from '../loop.ts'
import type { Door, Identity } from './caller.ts'
import type { DoorbellLimits } from './limits.ts'
import { WebSocketServer } from 'ws'
import { kindOf } from '../failure.ts'
import { isLoopback, subscriberOf } from '../http/caller-address.ts'
import { every } from '../loop.ts'
import { readToken } from '../token.ts'
import { Caller } from './caller.ts'
import { LIMITS } from './limits.ts'
import { mayListen } from './rights.ts'
import { passRingsOn, Rings } from './rings.ts'

/** A running doorbell. */
export interface Doorbell {
  /** Takes over an upgrade request of `/realtime/v1`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Ends all sockets at once; resolves when nothing here uses the database any more. */
  close: () => Promise<void>
}

/** For the log, when the database does not say who may listen. Nobody is let in then, and nobody is thrown out. */
const CANNOT_ASK = 'The doorbell cannot ask the database who may listen; phones pull without it'
/** Bytes of one frame; a join carries a token of about 1 KB. */
const MAX_FRAME = 16 * 1024

/** Starts the socket that says "pull now": Realtime's protocol 2.0.0, private broadcast channels only. */
export async function startDoorbell(
  db: Db,
  keys: Keys,
  log: (line: string) => void,
  addressOf: AddressOf,
  limits = LIMITS,
): Promise<Doorbell> {
  const rings = new Rings()
  const callers = new Map<Caller, string>()
  const door = makeDoor(db, keys, rings, log, limits)
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false })
  server.on('connection', (socket, request) => {
    const caller = new Caller(socket, door, Date.now())
    callers.set(caller, subscriberOf(addressOf(request)))
    socket.once('close', () => callers.delete(caller))
  })
  await listen(db, rings)
  const passing = passRingsOn(db, log)
  const sweep = setInterval(() => [...callers.keys()].forEach(caller => caller.sweep(Date.now())), limits.sweep)
  const checking = recheck(db, callers, log, limits.recheck)
  return {
    upgrade(request, socket, head) {
      const refusal = refusalOf(request, keys, callers, subscriberOf(addressOf(request)), limits)
      if (refusal !== null)
        return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      server.handleUpgrade(request, socket, head, websocket => server.emit('connection', websocket, request))
    },
    async close() {
      clearInterval(sweep)
      rings.stop()
      for (const caller of callers.keys()) caller.end()
      server.close()
      await Promise.all([passing.stop(), checking.stop()])
    },
  }
}

/** Why a socket is refused; null = it is accepted. The limit for one address does not hold for this machine's own. */
function refusalOf(
  request: IncomingMessage,
  keys: Keys,
  callers: ReadonlyMap<Caller, string>,
  address: string,
  limits: DoorbellLimits,
): string | null {
  const query = URL.parse(request.url ?? '/', 'http://localhost')?.searchParams
  if (query?.get('apikey') !== keys.publishable_key) return '401 Unauthorized'
  if (callers.size >= limits.sockets) return '503 Service Unavailable'
  const own = isLoopback(address) ? 0 : [...callers.values()].filter(other => other === address).length
  return own >= limits.perAddress ? '429 Too Many Requests' : null
}

/** Asks every `pace` ms whether all listeners may still listen: the end of a membership or session ends channels. */
function recheck(db: Db, callers: ReadonlyMap<Caller, string>, log: (line: string) => void, pace: number): Loop {
  const check = async (): Promise<void> => {
    const all = [...callers.keys()].flatMap(caller => caller.listeners().map(listener => ({ caller, listener })))
    const may = await mayListen(db, all.map(one => one.listener))
    all.forEach(({ caller, listener }, index) => may[index] === true || caller.revoke(listener))
  }
  return every(pace, check, what => log(`${CANNOT_ASK}: ${what}`))
}

async function listen(db: Db, rings: Rings): Promise<void> {
  let again = false
  await db.listen('redwhistle_ring', notice => rings.hear(notice), () => {
    if (again) rings.ringAll()
    again = true
  })
}

function makeDoor(db: Db, keys: Keys, rings: Rings, log: (line: string) => void, limits: DoorbellLimits): Door {
  return {
    limits,
    identify: async token => identify(token, keys),
    async mayJoin({ login, session }, topic) {
      if (login === null) return false // every topic is private, so strangers cost the database nothing
      try {
        return (await mayListen(db, [{ login, session, topic }]))[0] === true
      }
      catch (error) {
        log(`${CANNOT_ASK}: ${kindOf(error)}`)
        return false
      }
    },
    joined: (caller, topic) => rings.join(caller, topic),
    left: (caller, topic) => rings.leave(caller, topic),
  }
}

async function identify(token: string, keys: Keys): Promise<Identity | null> {
  if (token === keys.publishable_key) return { login: null, session: null, expires: Number.POSITIVE_INFINITY }
  const claims = await readToken(token, keys.jwt_secret, Math.floor(Date.now() / 1000))
  if (claims === null) return null
  return {
    login: claims.sub,
    session: typeof claims.session_id === 'string' ? claims.session_id : null,
    expires: claims.exp,
  }
}
