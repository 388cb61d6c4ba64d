import type { Db } from '../database/db.ts'
import type { Loop } from '../loop.ts'
import type { Caller } from './caller.ts'
import { every } from '../loop.ts'
import { ringFrame } from './frame.ts'

interface Ring { topic: string, event: string, payload: unknown }

/** Milliseconds in which rings of one scope become one: a busy community commits more often than phones need. */
const GATHER = 25

/** Who listens to which topic, and the rings on their way to them. */
export class Rings {
  readonly #listeners = new Map<string, Set<Caller>>()
  readonly #waiting = new Map<string, Ring>()
  #timer: NodeJS.Timeout | undefined

  join(caller: Caller, topic: string): void {
    const present = this.#listeners.get(topic)
    if (present === undefined) this.#listeners.set(topic, new Set([caller]))
    else present.add(caller)
  }

  leave(caller: Caller, topic: string): void {
    const present = this.#listeners.get(topic)
    present?.delete(caller)
    if (present?.size === 0) this.#listeners.delete(topic)
  }

  /** Takes one notice of the database. Within 25 ms the last ring of each topic, event and scope is sent. */
  hear(notice: string): void {
    const ring = readRing(notice)
    if (ring === null || !this.#listeners.has(ring.topic)) return
    this.#waiting.set(`${ring.topic} ${ring.event} ${String(scopeOf(ring.payload))}`, ring)
    this.#timer ??= setTimeout(() => this.#flush(), GATHER)
  }

  /** Makes every listener pull once: a lost connection to the database may have lost rings. */
  ringAll(): void {
    for (const topic of this.#listeners.keys()) this.#send({ topic, event: 'ring', payload: {} })
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #flush(): void {
    this.#timer = undefined
    const rings = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const ring of rings) this.#send(ring)
  }

  #send(ring: Ring): void {
    const text = ringFrame(ring.topic, ring.event, ring.payload)
    for (const caller of this.#listeners.get(ring.topic) ?? []) caller.send(text)
  }
}

function readRing(notice: string): Ring | null {
  const value: unknown = JSON.parse(notice)
  if (typeof value !== 'object' || value === null) return null
  const [topic, event] = [Reflect.get(value, 'topic'), Reflect.get(value, 'event')]
  return typeof topic === 'string' && typeof event === 'string'
    ? { topic, event, payload: Reflect.get(value, 'payload') }
    : null
}

function scopeOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'scope') : ''
}

/** Milliseconds a ring may wait in the database. */
const PACE = 100

// One server takes the rings away, and every server on this database hears the notice.
const PASS_ON = `
with taken as (
  delete from local.ring returning topic, event, payload
), latest as (
  select distinct on (topic, event, payload ->> 'scope') *
  from taken
  order by topic, event, payload ->> 'scope', (payload ->> 'head')::bigint desc
)
select pg_notify('redwhistle_ring', jsonb_build_object('topic', topic, 'event', event, 'payload', payload)::text)
from latest`

/** Ten times a second passes on what `realtime.send` left in `local.ring`: the latest of each topic, event, scope. */
export function passRingsOn(db: Db, log: (line: string) => void): Loop {
  const run = async (): Promise<void> => void await db.query(PASS_ON)
  return every(PACE, run, what => log(`The doorbell cannot pass rings on, so phones pull without it: ${what}`))
}
