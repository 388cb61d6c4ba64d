import type { TempBackend } from '../../e2e/harness.ts'
import { randomUUID } from 'node:crypto'
import WebSocket from 'ws'
import { SCHEMA } from '../../../src/gateway/wire.ts'
import { call } from '../account.ts'

/** When a phone looks after a ring: the app's own rule, or another to compare with. */
export interface LookRule { ring: (spread_ms: number) => void, stop: () => void }
interface PullAnswer { scopes: Record<string, { head: number }>, epoch: string }

/** What a storm needs of a phone: a socket that hears rings, a rule when to look, and one pull at a time. */
export class StormPhone {
  /** when each ring came and each pull began, ms of this process */
  readonly rings: number[] = []
  readonly pulls: number[] = []
  /** largest cursor of the watched scope, and when the phone had it */
  readonly known: { at: number, head: number }[] = []
  readonly client = randomUUID()
  readonly token: string
  seq = 0
  readonly #backend: TempBackend
  readonly #watched: string
  readonly #rule: LookRule
  #socket: WebSocket | null = null
  #cursors: Record<string, number> = {}
  #epoch: string | null = null
  #running = false
  #due = false

  constructor(backend: TempBackend, token: string, watched: string, rule: (look: () => void) => LookRule) {
    this.#backend = backend
    this.token = token
    this.#watched = watched
    this.#rule = rule(() => void this.look())
  }

  /** Joins and fetches everything once. */
  async open(topic: string): Promise<void> {
    const { url, publishableKey } = this.#backend
    const address = `${url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${publishableKey}&vsn=2.0.0`
    const socket = new WebSocket(address)
    this.#socket = socket
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.send(JSON.stringify(['1', '1', `realtime:${topic}`, 'phx_join', { access_token: this.token }]))
    await new Promise(resolve => socket.once('message', resolve))
    socket.on('message', (data) => {
      type Message = [unknown, unknown, unknown, event: string, payload: { payload?: { spread_ms?: number } }]
      const [, , , event, payload] = JSON.parse(String(data)) as Message
      if (event !== 'broadcast') return
      this.rings.push(performance.now())
      this.#rule.ring(payload.payload?.spread_ms ?? 0)
    })
    await this.look()
  }

  /** Pulls, and pulls again when somebody asked for it meanwhile. */
  async look(): Promise<void> {
    this.#due = true
    if (this.#running) return
    this.#running = true
    while (this.#due) {
      this.#due = false
      this.pulls.push(performance.now())
      const args = {
        p_client: this.client,
        p_schema: SCHEMA,
        p_cursors: this.#cursors,
        p_epoch: this.#epoch,
        p_limit: 5000,
      }
      const { scopes, epoch } = await call<PullAnswer>(this.#backend, this.token, 'pull', args)
      this.#epoch = epoch
      for (const [id, { head }] of Object.entries(scopes)) this.#cursors[id] = head
      this.known.push({ at: performance.now(), head: this.#cursors[this.#watched] ?? 0 })
    }
    this.#running = false
  }

  close(): void {
    this.#rule.stop()
    this.#socket?.terminate()
  }
}
