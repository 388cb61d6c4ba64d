import type { Chance } from './chance.ts'
import { setTimeout as sleep } from 'node:timers/promises'

/** out: requests never arrive. in: answers never come back. */
export type Cut = 'none' | 'out' | 'in' | 'both'
type Input = Parameters<typeof fetch>[0]

const CRACKED = [
  () => new Response('', { status: 503, headers: { 'Retry-After': '1' } }),
  () => new Response('<html>', { status: 502 }),
  () => new Response('', { status: 429, headers: { 'Retry-After': '1' } }),
  () => new Response('{"code":"PGRST301","message":"JWT expired"}', { status: 401 }),
  () => new Response('{"now":"2026-', { status: 200, headers: { 'content-type': 'application/json' } }),
]

/** The network around one phone. Everything that goes wrong is decided by its chance and counted. */
export class Weather {
  cut: Cut = 'none'
  /** the doorbell can be heard */
  bell = true
  /** longest extra delay of a request or an answer, ms */
  lag = 0
  /** chance that a request is sent twice, and that a proxy answers instead of the server */
  doubles = 0
  cracks = 0
  readonly counts = { requests: 0, dropped: 0, duplicated: 0, cracked: 0 }
  readonly #chance: Chance
  readonly #rings: (() => void)[] = []

  constructor(chance: Chance) {
    this.#chance = chance
  }

  /** Ends all faults of this network. */
  clear(): void {
    Object.assign(this, { cut: 'none', bell: true, lag: 0, doubles: 0, cracks: 0 })
    for (const ring of this.#rings.splice(0)) ring()
  }

  get open(): boolean {
    return this.cut === 'none'
  }

  /** Passes a ring on. A phone that is cut off hears it when the network is back; a bell that is off never rings. */
  hear(ring: () => void): void {
    if (!this.open) this.#rings.push(ring)
    else if (this.bell) ring()
  }

  /** Loses a request. Some losses are noticed at once, others only when the caller gives up. */
  async #lost(signal: AbortSignal | null | undefined): Promise<never> {
    this.counts.dropped++
    if (signal && this.#chance.happens(0.3)) {
      await new Promise(resolve =>
        signal.aborted ? resolve(0) : signal.addEventListener('abort', resolve, { once: true }),
      )
    }
    throw new TypeError('fetch failed')
  }

  async #wait(): Promise<void> {
    if (this.lag > 0) await sleep(this.#chance.between(0, this.lag))
  }

  /** A copy of the request that arrives later than the request itself, and out of order. */
  #again(input: Input, init: RequestInit | undefined): void {
    this.counts.duplicated++
    const { signal: _, ...rest } = init ?? {}
    sleep(this.#chance.between(0, 4000)).then(() => fetch(input, rest)).then(r => r.text()).catch(() => {})
  }

  /** fetch, through this weather. */
  async carry(input: Input, init: RequestInit | undefined): Promise<Response> {
    this.counts.requests++
    await this.#wait()
    if (this.cut === 'out' || this.cut === 'both') return this.#lost(init?.signal)
    if (this.#chance.happens(this.doubles)) this.#again(input, init)
    const cracked = this.#chance.happens(this.cracks)
    // a proxy that answers by itself may or may not have passed the request on
    if (!cracked || this.#chance.happens(0.5)) {
      const answer = await fetch(input, init)
      const body = await answer.arrayBuffer()
      await this.#wait()
      // the network may have been cut while the answer was on its way
      if (['in', 'both'].includes(this.cut)) return this.#lost(init?.signal)
      if (!cracked) return new Response(body, { status: answer.status, headers: answer.headers })
    }
    this.counts.cracked++
    return this.#chance.of(CRACKED)()
  }
}
