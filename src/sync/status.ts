import type { AppDb } from '#db/db.ts'
import type { ClockOffset } from '#domain/clockOffset.ts'
import { readMeta } from '#db/meta.ts'
import { APPLIED_CODES } from '#domain/codes.ts'
import { SCHEMA } from '#gateway/wire.ts'

/**
 * held: the server does not know the next intent yet. waiting: it is busy, and the phone waits for its turn. renewing:
 * the sign-in is good, a new token has not come yet. error: the server is broken; the phone keeps trying. full: this
 * phone has no room for what came. outsider: this login belongs to no community. upgrade: this app is too old to read,
 * but still sends.
 */
export type SyncState = 'synced' | 'sending' | 'offline' | 'signed_out' | 'held' | 'waiting' | 'renewing' | 'error'
  | 'full' | 'outsider' | 'upgrade'

/** What the sync line says. Times by the server's clock: last_sync_at ms, data_as_of ISO. */
export interface SyncStatus {
  state: SyncState
  /** intents the server has not consumed, as far as this phone knows */
  unsent: number
  /** verdicts that wait for their author */
  refused: number
  /** rows of the server this phone cannot keep */
  aside: number
  last_sync_at: number | null
  data_as_of: string | null
  /** what the server's answers measured of this phone's clock */
  offset: ClockOffset | null
  /** this app cannot read what the server sends; it still sends */
  too_old: boolean
  /** no doorbell is heard: this phone looks for what is new two to four times a minute */
  bell_silent: boolean
}

/** Outcome of the last cycle; decides the state together with what is unsent. */
export type Health = 'ok' | 'busy' | 'offline' | 'signed_out' | 'held' | 'waiting' | 'renewing' | 'error' | 'full'
  | 'outsider'

/** The state shown for a health and a number of unsent intents. */
function stateOf(health: Health, unsent: number, tooOld: boolean): SyncState {
  if (health === 'ok' || health === 'busy') return tooOld ? 'upgrade' : unsent > 0 ? 'sending' : 'synced'
  return health
}

const NOT_REFUSED = new Set<string>(APPLIED_CODES)

/** What the database says; the state follows from it and from how the last cycle ended. */
export interface Facts {
  unsent: number, refused: number, aside: number, last_sync_at: number | null, data_as_of: string | null
  offset: ClockOffset | null, too_old: boolean
}

/** Before the disk has answered. */
export const NO_FACTS: Facts = {
  unsent: 0, refused: 0, aside: 0, last_sync_at: null, data_as_of: null, offset: null, too_old: false,
}
export const FIRST_STATUS: SyncStatus = { ...NO_FACTS, state: 'offline', bell_silent: false }

/** Reads what the phone knows; run it in a live query so that every tab follows. */
export async function readFacts(db: AppDb): Promise<Facts> {
  const { sent_lmid, last_sync_at, data_as_of, offset, min_client, schema } = await readMeta(db)
  const unsent = await db.outbox.where('seq').above(sent_lmid).and(o => o.name !== 'dismiss_verdict').count()
  const refused = (await db.rows('verdict').toArray()).filter(v => !NOT_REFUSED.has(v.code ?? '')).length
  const aside = await db.aside.count()
  const too_old = Math.max(min_client, schema ?? 0) > SCHEMA
  return { unsent, refused, aside, last_sync_at, data_as_of, offset, too_old }
}

/** Facts and health as the sync line says them. */
export function statusOf(facts: Facts, health: Health, bell_silent: boolean): SyncStatus {
  return { state: stateOf(health, facts.unsent, facts.too_old), ...facts, bell_silent }
}
