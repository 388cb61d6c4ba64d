import type { WebSocket } from 'ws'
import type { Frame } from './frame.ts'
import type { DoorbellLimits } from './limits.ts'
import type { Listener } from './rights.ts'
import { bareTopic, closeFrames, readFrame, replyTo } from './frame.ts'

/** Who a token belongs to; login null = it is only the publishable key. */
export interface Identity {
  login: string | null
  /** The session of the token; null = the token names none. */
  session: string | null
  /** Seconds since 1970. */
  expires: number
}

/** What callers need of the doorbell. */
export interface Door {
  limits: DoorbellLimits
  /** Null = the token is not ours, or has expired. */
  identify: (token: string) => Promise<Identity | null>
  mayJoin: (identity: Identity, topic: string) => Promise<boolean>
  joined: (caller: Caller, topic: string) => void
  left: (caller: Caller, topic: string) => void
}

interface Channel extends Identity { joinRef: string | null }

/** Channels of one socket. The app joins at most four; only another program joins more than this. */
const MAX_CHANNELS = 20
/** Frames of one socket that wait for the database; a phone sends a handful at a time. */
const MAX_QUEUED = 100
/** Bytes that wait for a slow phone before its socket is ended; the phone reconnects and pulls. */
const MAX_WAITING = 256 * 1024

/** One socket and the channels joined over it. */
export class Caller {
  readonly #socket: WebSocket
  readonly #door: Door
  readonly #channels = new Map<string, Channel>()
  #heardAt: number
  /** Since when no channel is joined, in ms. How long that may last depends on whether one ever was. */
  #idleSince: number
  #everJoined = false
  /** How many joins and tokens may still come at once. */
  #asks: { left: number, at: number }
  /** Frames are handled one after the other, so a leave cannot overtake its join. */
  #turn: Promise<void> = Promise.resolve()
  #waiting = 0

  constructor(socket: WebSocket, door: Door, now: number) {
    this.#socket = socket
    this.#door = door
    this.#heardAt = now
    this.#idleSince = now
    this.#asks = { left: door.limits.asks, at: now }
    socket.on('message', (data, binary) => {
      this.#heardAt = Date.now()
      const frame = binary ? null : readFrame(String(data))
      if (frame !== null) this.#queue(frame)
    })
    socket.on('close', () => this.#leaveAll())
    socket.on('error', () => this.end())
  }

  /** Sends a frame; ends the socket if too much of what was sent before still waits. */
  send(text: string): void {
    if (this.#socket.bufferedAmount > MAX_WAITING) return this.end()
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text)
  }

  end(): void {
    this.#socket.terminate()
  }

  /** Ends channels whose token has expired, and a socket that is silent or without a channel too long. `now` in ms. */
  sweep(now: number): void {
    const { silence, joinWithin, idleWithin } = this.#door.limits
    const idle = this.#channels.size === 0 && now - this.#idleSince > (this.#everJoined ? idleWithin : joinWithin)
    if (now - this.#heardAt > silence || idle) return this.end()
    for (const [topic, channel] of this.#channels) {
      if (channel.expires * 1000 <= now) this.#shut(topic, channel, 'Token has expired')
    }
  }

  /** Who listens to what over this socket. */
  listeners(): Listener[] {
    return [...this.#channels].flatMap(([topic, { login, session }]) =>
      login === null ? [] : [{ login, session, topic }],
    )
  }

  /** Ends a channel whose person may no longer listen, unless another person has joined it meanwhile. */
  revoke({ login, topic }: Listener): void {
    const channel = this.#channels.get(topic)
    if (channel?.login === login)
      this.#shut(topic, channel, `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`)
  }

  /** False if this socket has asked too often: each of its joins and tokens costs a question to the database. */
  #mayAsk(now: number): boolean {
    const { asks } = this.#door.limits
    const left = Math.min(asks, this.#asks.left + (now - this.#asks.at) / 2000) - 1
    this.#asks = { left, at: now }
    return left >= 0
  }

  #queue(frame: Frame): void {
    if (++this.#waiting > MAX_QUEUED) return this.end()
    const handled = this.#turn.then(async () => this.#handle(frame)).catch(() => this.end())
    this.#turn = handled.finally(() => { this.#waiting -= 1 })
  }

  async #handle(frame: Frame): Promise<void> {
    if (frame.event === 'heartbeat') return this.send(replyTo(frame, 'ok', {}))
    const topic = bareTopic(frame.topic)
    if (topic === null) return this.send(replyTo(frame, 'error', { reason: 'unknown topic' }))
    if (frame.event === 'phx_join') return this.#join(frame, topic)
    if (frame.event === 'access_token') return this.#refresh(frame, topic)
    if (frame.event === 'phx_leave') return this.#leave(frame, topic)
    // Phones only listen here; they write through push.
    this.send(replyTo(frame, 'error', { reason: 'read only' }))
  }

  async #join(frame: Frame, topic: string): Promise<void> {
    if (!this.#mayAsk(Date.now())) return this.end()
    const refuse = (reason: string): void => this.send(replyTo(frame, 'error', { reason }))
    const identity = await this.#identityIn(frame)
    if (identity === null) return refuse('InvalidJWTToken: Token is invalid or has expired')
    if (this.#channels.size >= MAX_CHANNELS && !this.#channels.has(topic))
      return refuse('ChannelRateLimitReached: Too many channels')
    if (!await this.#door.mayJoin(identity, topic))
      return refuse(`Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`)
    if (this.#socket.readyState !== this.#socket.OPEN) return // it left while the database was asked
    this.#channels.set(topic, { ...identity, joinRef: frame.joinRef })
    this.#everJoined = true
    this.#door.joined(this, topic)
    this.send(replyTo(frame, 'ok', { postgres_changes: [] }))
  }

  async #refresh(frame: Frame, topic: string): Promise<void> {
    const channel = this.#channels.get(topic)
    if (channel === undefined) return
    if (!this.#mayAsk(Date.now())) return this.end()
    const identity = await this.#identityIn(frame)
    const may = identity !== null && identity.login === channel.login && await this.#door.mayJoin(identity, topic)
    if (!may) return this.#shut(topic, channel, 'Token is invalid or has expired')
    channel.expires = identity.expires
    channel.session = identity.session
    if (frame.ref !== null) this.send(replyTo(frame, 'ok', {}))
  }

  #leave(frame: Frame, topic: string): void {
    if (this.#channels.delete(topic)) this.#left(topic)
    this.send(replyTo(frame, 'ok', {}))
  }

  async #identityIn(frame: Frame): Promise<Identity | null> {
    const token = frame.payload.access_token
    return typeof token === 'string' ? this.#door.identify(token) : null
  }

  #shut(topic: string, channel: Channel, reason: string): void {
    this.#channels.delete(topic)
    this.#left(topic)
    for (const text of closeFrames(topic, channel.joinRef, reason)) this.send(text)
  }

  #left(topic: string): void {
    if (this.#channels.size === 0) this.#idleSince = Date.now()
    this.#door.left(this, topic)
  }

  #leaveAll(): void {
    for (const topic of this.#channels.keys()) this.#door.left(this, topic)
    this.#channels.clear()
  }
}
