import type { Mutation } from '#domain/mutations.ts'
import type { AppDb, OutboxRow, Tables } from './db.ts'
import type { Meta } from './meta.ts'
import { ageOf } from '#domain/clockOffset.ts'
import { readMeta, writeMeta } from './meta.ts'
import { DbError, writing } from './write.ts'

/** Limits of one push, so that it fits a keepalive request. */
export const MAX_BATCH = 25
export const MAX_BYTES = 64 * 1024
/** Room for the request around the mutations. */
const ENVELOPE = 2 * 1024

export type NewOutboxRow = Omit<
  OutboxRow,
  'seq' | 'state' | 'attempts' | 'last_error' | 'offset_ms' | 'offset_age_s' | 'base'
>

/**
 * How a parked mutation travels: under its own number, so that there is no gap before those behind it. It says which
 * mutation it was, why it was given up, and which rows it was about.
 */
export interface SkipMutation extends Omit<Mutation, 'name' | 'args'> {
  name: '__skip', args: { original: { name: string, v: number }, code: string, ids: string[] }
}
export type WireMutation = Mutation | SkipMutation

/** The number of the next intent, and the meta record it is marked from. */
export interface Place { seq: number, meta: Meta }

/**
 * Reads the next number: one above the last intent and above everything the server has consumed. A row leaves the
 * outbox only when it is consumed, so no number is given twice. Must run inside the enqueue transaction.
 * @throws DbError `closed` when the person is leaving this phone
 */
export async function nextPlace(db: Tables): Promise<Place> {
  const [meta, last] = await Promise.all([readMeta(db), db.outbox.orderBy('seq').lastKey()])
  if (meta.closing) throw new DbError('closed', 'its person is leaving this phone')
  return { seq: Math.max(last as number | undefined ?? 0, meta.sent_lmid) + 1, meta }
}

/** Appends one mutation at its place, in the same transaction. */
export async function append(db: Tables, { seq, meta }: Place, row: NewOutboxRow): Promise<number> {
  const now = Date.parse(row.device_at)
  const age = ageOf(meta.offset, now)
  const base = Object.fromEntries(Object.entries(meta.cursors).filter(([s]) => !s.startsWith('lead:')))
  const clock = { offset_ms: age === null ? null : meta.offset!.ms, offset_age_s: age }
  await db.outbox.add({ ...row, ...clock, seq, base, state: 'pending', attempts: 0, last_error: null })
  return seq
}

/** The mutation as it travels; a parked one as `__skip@1`, without what the person wrote. */
function toWire(row: OutboxRow): WireMutation {
  const { seq, id, name, v, args, base, device_at, offset_ms, offset_age_s, entities, last_error } = row
  const rest = { seq, id, base, device_at, offset_ms, offset_age_s }
  return row.state === 'parked'
    ? {
        ...rest,
        name: '__skip',
        v: 1,
        args: { original: { name, v }, code: last_error ?? '', ids: entities.slice(0, 50) },
      }
    : { ...rest, name, v, args }
}

/** UTF-8 size in bytes of a value as JSON. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).byteLength
}

/** The next mutations the server has not consumed, in order: at most `limit`, at most 64 KB, at least one. */
export async function nextBatch(db: AppDb, after: number, limit: number): Promise<WireMutation[]> {
  const rows = await db.outbox.where('seq').above(after).limit(Math.min(limit, MAX_BATCH)).toArray()
  const batch: WireMutation[] = []
  let bytes = ENVELOPE
  for (const wire of rows.map(toWire)) {
    bytes += jsonBytes(wire) + 1
    if (batch.length > 0 && bytes > MAX_BYTES) break
    batch.push(wire)
  }
  return batch
}

/** Marks what is on its way, so that a card can say 发送中. */
export async function markSending(db: AppDb, seqs: number[]): Promise<void> {
  await writing(db, [], ({ outbox }) =>
    outbox.where('seq').anyOf(seqs).and(r => r.state === 'pending').modify({ state: 'sending' }))
}

/**
 * Takes 发送中 back after an attempt that reached nobody. What the server has consumed, up to number `after`, keeps it
 * until a pull shows its effect.
 */
export async function markPending(db: AppDb, after: number): Promise<void> {
  await writing(db, [], ({ outbox }) =>
    outbox.where('seq').above(after).and(r => r.state === 'sending').modify({ state: 'pending' }))
}

/**
 * Counts a failure of one mutation that was sent alone. At `limit` failures it is parked: it stays, and travels as
 * `__skip@1`.
 * @returns whether this failure parked it
 */
export async function countFailure(db: AppDb, seq: number, error: string, limit: number): Promise<boolean> {
  return writing(db, [], async (tables) => {
    const row = await tables.outbox.get(seq)
    if (!row) return false
    const attempts = row.attempts + 1
    const state = attempts >= limit ? 'parked' : row.state
    await tables.outbox.put({ ...row, attempts, last_error: error, state })
    return state === 'parked' && row.state !== 'parked'
  })
}

/**
 * Goes on as another client: mutations keep their ids and order, and numbers begin at 1 again. For CLIENT_FORK, and for
 * a server that lost our numbers.
 */
export async function renumber(db: AppDb, from: string, to: string): Promise<void> {
  await writing(db, [], async (tables) => {
    const meta = await readMeta(tables)
    if (meta.client_id !== from) return
    const rows = await tables.outbox.orderBy('seq').toArray()
    await tables.outbox.clear()
    await tables.outbox.bulkAdd(
      rows.map((r, i) => ({ ...r, seq: i + 1, state: r.state === 'parked' ? 'parked' as const : 'pending' as const })),
    )
    await writeMeta(tables, { client_id: to, lmid: 0, sent_lmid: 0 })
  })
}
