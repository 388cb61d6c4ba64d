import type { AddressInfo } from 'node:net'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'

/** How a join is answered; silence: not at all. */
export type JoinAnswer = 'ok' | 'error' | 'silence'
type Frame = [join: string | null, ref: string | null, topic: string, event: string, payload: unknown]

/** Realtime's protocol as far as a doorbell needs it. It answers joins as a test tells it to. */
export class BellServer {
  /** topics of the joins, in order, without the prefix */
  readonly joins: string[] = []
  /** answers of the next joins; then `ok` */
  answers: JoinAnswer[] = []
  readonly #server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  readonly #joined = new Map<string, { socket: WebSocket, ref: string | null }>()

  constructor() {
    this.#server.on(
      'connection',
      socket => socket.on('message', data => this.#hear(socket, JSON.parse(String(data)) as Frame)),
    )
  }

  /** The address, once it listens. */
  async open(): Promise<string> {
    if (!this.#server.address()) await new Promise(resolve => this.#server.once('listening', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  #hear(socket: WebSocket, [join, ref, topic, event]: Frame): void {
    const answer = (status: string): void =>
      socket.send(JSON.stringify([join, ref, topic, 'phx_reply', { status, response: {} }]))
    if (event !== 'phx_join') return answer('ok')
    this.joins.push(topic.replace('realtime:', ''))
    const how = this.answers.shift() ?? 'ok'
    if (how === 'ok') this.#joined.set(topic, { socket, ref: join })
    if (how !== 'silence') answer(how)
  }

  #say(topic: string, event: string, payload: unknown): void {
    const there = this.#joined.get(`realtime:${topic}`)
    there?.socket.send(
      JSON.stringify([event === 'broadcast' ? null : there.ref, null, `realtime:${topic}`, event, payload]),
    )
  }

  ring(topic: string, payload: unknown): void {
    this.#say(topic, 'broadcast', { type: 'broadcast', event: 'ring', payload })
  }

  /** Ends one channel, as Realtime does when a token has run out or the channel moves to another node. */
  shut(topic: string): void {
    this.#say(topic, 'phx_close', {})
  }

  /** Ends one channel as a crash of the server does. */
  crash(topic: string): void {
    this.#say(topic, 'phx_error', {})
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise(resolve => this.#server.close(resolve))
  }
}
