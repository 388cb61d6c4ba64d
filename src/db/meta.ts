import type { ClockOffset } from '#domain/clockOffset.ts'
import type { AppDb, Tables } from './db.ts'
import { ageOf } from '#domain/clockOffset.ts'

/** What a scope holds on this phone: live rows, and the sum of their versions as text. */
export interface ScopeCount { n: number, sum: string }

/** Everything the phone knows about its own sync. Times in ms since 1970 unless said otherwise. */
export interface Meta {
  client_id: string | null
  cursors: Record<string, number>
  counts: Record<string, ScopeCount>
  epoch: string | null
  offset: ClockOffset | null
  /** last mutation number whose effects are in the rows */
  lmid: number
  /** last mutation number the server said it has consumed; never sent again */
  sent_lmid: number
  last_sync_at: number | null
  /** server time of the data on this phone, ISO */
  data_as_of: string | null
  min_client: number
  /** version of the rows on this phone; null before the first pull */
  schema: number | null
  /** how often a scope did not add up and was fetched again from the start; anything but 0 is a defect */
  mismatches: number
  /** the person is leaving this phone: it takes no tap any more */
  closing: boolean
}

const EMPTY: Meta = {
  client_id: null,
  cursors: {},
  counts: {},
  epoch: null,
  offset: null,
  lmid: 0,
  sent_lmid: 0,
  last_sync_at: null,
  data_as_of: null,
  min_client: 0,
  schema: null,
  mismatches: 0,
  closing: false,
}

/** Reads the whole meta record; missing keys have their first value. */
export async function readMeta(db: Pick<Tables, 'meta'>): Promise<Meta> {
  const rows = await db.meta.toArray()
  return Object.assign(structuredClone(EMPTY), Object.fromEntries(rows.map(r => [r.k, r.value]))) as Meta
}

/** Writes the given keys, leaving the others. Joins the running transaction. */
export async function writeMeta(db: Pick<Tables, 'meta'>, changes: Partial<Meta>): Promise<void> {
  await db.meta.bulkPut(Object.entries(changes).map(([k, value]) => ({ k, value })))
}

/** A measurement is kept ahead of the rows where it differs by more than this from the one that is known. */
const NEWS_MS = 1000

/**
 * Keeps what an answer says of the phone's clock before its rows are shown, where that is news: from then on intents
 * carry it. `known` = the offset in this database.
 */
export async function learnOffset(
  db: Pick<Tables, 'meta'>, known: ClockOffset | null, found: ClockOffset | null,
): Promise<void> {
  if (!found || (ageOf(known, found.at) !== null && Math.abs(known!.ms - found.ms) <= NEWS_MS)) return
  await writeMeta(db, { offset: found })
}

/** The phone's client id, made by `id` when there is none yet. Two tabs that ask at once get the same one. */
export async function clientId(db: AppDb, id: () => string): Promise<string> {
  const read = async (): Promise<string | null> => (await db.meta.get('client_id'))?.value as string | undefined ?? null
  // a strictly durable write waits for the disk, so only the very first call opens one
  return await read() ?? db.transaction('rw', db.meta, async () => {
    const known = await read()
    if (known) return known
    const made = id()
    await writeMeta(db, { client_id: made })
    return made
  })
}
