import type { Ear } from './gateway.ts'
import type { Pace } from './renewal.ts'
import type { Wire } from './supabase.ts'
import { backoff } from '#domain/backoff.ts'
import { pageOwn } from './renewal.ts'

type Channel = ReturnType<Wire['client']['channel']>

/** A bell that is not back after this long counts as silent; a change of the token takes less. */
const SILENT_AFTER_MS = 10_000
/** Everybody's channels end together when Realtime restarts, so the first try is spread over four seconds, not one. */
const FIRST_ATTEMPT = 3
/** The longest spread of a ring that is believed, in ms. */
const LONGEST_SPREAD_MS = 10_000

/** ms within which phones spread their pulls after this ring; 0 = at once. Nothing else in a ring is used. */
function spreadOf(payload: unknown): number {
  const ms: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'spread_ms') : null
  return typeof ms === 'number' && ms > 0 ? Math.min(ms, LONGEST_SPREAD_MS) : 0
}

/** What hears one bell: a ring, and whether its topic is joined now. */
interface BellEar { ring: (spread_ms: number) => void, turned: (joined: boolean) => void }

/**
 * One topic, joined again however it ends. supabase-js never joins again after the server closed a channel, and after
 * an error all phones join at the same moments. So a channel that ends in any way is thrown away, and a new one is made
 * after a backoff by chance.
 */
class Bell {
  readonly #wire: Wire
  readonly #topic: string
  readonly #pace: Pace
  readonly #ear: BellEar
  #channel: Channel | null = null
  #attempt = FIRST_ATTEMPT
  #stopRest: () => void = () => {}
  #over = false

  constructor(wire: Wire, topic: string, pace: Pace, ear: BellEar) {
    this.#wire = wire
    this.#topic = topic
    this.#pace = pace
    this.#ear = ear
    this.#join()
  }

  #join(): void {
    const { client } = this.#wire
    // supabase-js would hand out the old channel, which is still leaving
    if (client.getChannels().some(c => c.topic === `realtime:${this.#topic}`)) return this.#rest()
    const channel = client.channel(this.#topic, { config: { private: true } })
    this.#channel = channel
    channel.on('broadcast', { event: 'ring' }, ({ payload }) => this.#ear.ring(spreadOf(payload)))
    channel.subscribe(state => channel === this.#channel && this.#told(channel, state === 'SUBSCRIBED'))
  }

  #told(channel: Channel, joined: boolean): void {
    if (joined) this.#attempt = FIRST_ATTEMPT
    this.#ear.turned(joined)
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

/**
 * Listens to doorbells.
 * @param wire the way to the server
 * @param topics names of the doorbells
 * @param ear hears rings, joins (something may have been missed before) and silence
 * @param pace time and chance of the page
 * @returns the way to stop
 */
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
