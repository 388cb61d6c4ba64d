import type { AppDb } from '#db/db.ts'
import type { SyncPorts } from './ports.ts'
import { readMeta } from '#db/meta.ts'
import { holdsAny, OFFICER_ROLES } from '#domain/roles.ts'

/**
 * Doorbell topics of a person, at most six: their own, one for each community whose scopes are on this phone, for an
 * officer the units they look after, and the desks and partner units they act for.
 */
export async function topicsOf(db: AppDb, login: string): Promise<string[]> {
  const { cursors } = await readMeta(db)
  const me = await db.rows('me').get(login)
  const open = Object.keys(cursors).filter(s => s.startsWith('org:') && s.endsWith(':open'))
  const communities = open.map(s => s.slice(0, -':open'.length))
  const nodes = (me?.memberships ?? []).filter(m => holdsAny(m, OFFICER_ROLES)).map(m => `sum:${m.org_unit_id}`)
  const desks = Object.keys(cursors).filter(s => s.startsWith('desk:') || s.startsWith('unit:'))
  return [`user:${login}`, ...communities.sort(), ...nodes.sort(), ...desks.sort()].slice(0, 6)
}

/** A topic that is not crowded rings at most every 300 ms; a second look, this much later, catches what was between. */
const SECOND_LOOK_MS = 1500
/** How long a crowded topic may be silent at most: for a phone that has just joined and has heard no ring say so. */
const UNTOLD_SPREAD_MS = 3000

/**
 * When this phone looks after a ring. In a crowd each phone looks at a moment of its own, or 200 would pull together.
 * It looks once more when the topic may ring again, because what is committed right after a ring does not ring. A ring
 * that comes sooner replaces that second look.
 */
export class Looks {
  readonly #ports: Pick<SyncPorts, 'clock' | 'random'>
  readonly #look: () => void
  #stopFirst: (() => void) | null = null
  #stopSecond: () => void = () => {}

  constructor(ports: Pick<SyncPorts, 'clock' | 'random'>, look: () => void) {
    this.#ports = ports
    this.#look = look
  }

  /** Something is new; look within `spread_ms`. */
  ring(spread_ms: number): void {
    if (spread_ms > 0) {
      this.#stopFirst ??= this.#ports.clock.after(spread_ms * this.#ports.random(), () =>
        this.#first())
    }
    else {
      this.#first()
    }
    this.#lookAgain(spread_ms)
  }

  /** A topic was joined: what came before it is looked at now. */
  joined(): void {
    this.#first()
    this.#lookAgain(UNTOLD_SPREAD_MS)
  }

  #first(): void {
    this.#stopFirst?.()
    this.#stopFirst = null
    this.#look()
  }

  #lookAgain(spread_ms: number): void {
    this.#stopSecond()
    this.#stopSecond = this.#ports.clock.after(SECOND_LOOK_MS + spread_ms * (1 + this.#ports.random()), this.#look)
  }

  stop(): void {
    this.#stopFirst?.()
    this.#stopFirst = null
    this.#stopSecond()
  }
}
