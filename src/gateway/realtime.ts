import type { Ear } from './gateway.ts'
import type { Pace } from './renewal.ts'
import type { Wire } from './supabase.ts'
import { backoff } from '#domain/backoff.ts'
import { pageOwn } from './renewal.ts'

type Channel = ReturnType<Wire['client']['channel']>

/** A bell that is not back after this long counts as silent; a token that is renewed is faster. */
const SILENT_AFTER_MS = 10_000
/** Everybody's channels end together when Realtime restarts: the first try is spread over four seconds, not one. */
const FIRST_ATTEMPT = 3
/** The longest spread of a ring that is believed, in ms. */
const LONGEST_SPREAD_MS = 10_000

/** ms within which phones may pull after this ring; 0 = at once. A ring carries nothing else to trust. */
function spreadOf(payload: unknown): number {
  const ms: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'spread_ms') : null
  return typeof ms === 'number' && ms > 0 ? Math.min(ms, LONGEST_SPREAD_MS) : 0
}

/** What one bell tells. */
interface Hear { ring: (spread_ms: number) => void, turned: (joined: boolean) => void }

/**
 * One topic, joined again however it ends. supabase-js never joins again after the server closed a channel, and without chance after
 * an error; so a channel that ends in any way is thrown away, and after a backoff there is a new one.
 */
class Bell {
  readonly #wire: Wire
  readonly #topic: string
  readonly #pace: Pace
  readonly #hear: Hear
  #channel: Channel | null = null
  #attempt = FIRST_ATTEMPT
  #stopRest: () => void = () => {}
  #over = false

  constructor(wire: Wire, topic: string, pace: Pace, hear: Hear) {
    this.#wire = wire
    this.#topic = topic
    this.#pace = pace
    this.#hear = hear
    this.#join()
  }

  #join(): void {
    const { client } = this.#wire
    // supabase-js would hand out the old one, which is on its way out
    if (client.getChannels().some(c => c.topic === `realtime:${this.#topic}`)) return this.#rest()
    const channel = client.channel(this.#topic, { config: { private: true } })
    this.#channel = channel
    channel.on('broadcast', { event: 'ring' }, ({ payload }) => this.#hear.ring(spreadOf(payload)))
    channel.subscribe(state => channel === this.#channel && this.#told(channel, state === 'SUBSCRIBED'))
  }

  #told(channel: Channel, joined: boolean): void {
    if (joined) this.#attempt = FIRST_ATTEMPT
    this.#hear.turned(joined)
    if (joined) return
    this.#channel = null
    this.#wire.client.removeChannel(channel).catch(() => {})
    this.#rest()
  }

  #rest(): void {
    this.#stopRest = this.#pace.after(backoff(this.#attempt++, this.#pace.random()), () => this.#over || this.#join())
  }

  /** The network is back: a bell that rests tries soon. */
  wake(): void {
    if (this.#channel || this.#over) return
    this.#stopRest()
    this.#attempt = 1
    this.#rest()
  }

  stop(): void {
    this.#over = true
    this.#stopRest()
    const channel = this.#channel
    this.#channel = null
    if (channel) this.#wire.client.removeChannel(channel).catch(() => {})
  }
}

/** Listens to doorbells; joining one is told as well, for what was missed while away. Returns the way to stop. */
export function listen(wire: Wire, topics: string[], ear: Ear, pace: Pace = pageOwn): () => void {
  const joined = new Set<string>()
  const whole = (): boolean => joined.size === topics.length
  let stopDoubt: (() => void) | null = null
  const doubt = (): void => { stopDoubt ??= pace.after(SILENT_AFTER_MS, () => ear.silent(true)) }
  const trust = (): void => {
    stopDoubt?.()
    stopDoubt = null
    ear.silent(false)
  }
  const turned = (topic: string, now: boolean): void => {
    if (now) joined.add(topic)
    else joined.delete(topic)
    if (now) ear.joined()
    if (whole()) trust()
    else doubt()
  }
  doubt()
  const bells = topics.map(topic => new Bell(wire, topic, pace, { ring: ear.ring, turned: now => turned(topic, now) }))
  const online = (): void => bells.forEach(bell => bell.wake())
  globalThis.addEventListener?.('online', online)
  return () => {
    globalThis.removeEventListener?.('online', online)
    stopDoubt?.()
    bells.forEach(bell => bell.stop())
  }
}
