import type { Transaction } from 'dexie'
import type { AppDb, Tables } from './db.ts'
import Dexie from 'dexie'
import { permit } from './db.ts'

/**
 * quota: the phone is full. closed: the connection is lost and did not come back. broken: the database cannot be read.
 */
export type DbCode = 'quota' | 'closed' | 'broken'

/** A failure of the phone's own database, by code. */
export class DbError extends Error {
  readonly code: DbCode
  constructor(code: DbCode, cause: unknown) {
    super(`database: ${code}`, { cause })
    this.name = 'DbError'
    this.code = code
  }
}

/** Names by which browsers and Dexie say that the connection is lost. */
const LOST = new Set([
  'DatabaseClosedError', 'InvalidStateError', 'UnknownError', 'DatabaseClosed', 'InvalidState', 'Unknown',
])

function namesOf(error: unknown): string[] {
  const names: string[] = []
  for (let e = error; e instanceof Error || e instanceof DOMException; e = (e as { inner?: unknown }).inner)
    names.push(e.name)
  return names
}

/** The code of a database failure; null when the error is not the database's. */
export function dbCodeOf(error: unknown): DbCode | null {
  if (error instanceof DbError) return error.code
  const names = namesOf(error)
  if (names.some(n => n === Dexie.errnames.QuotaExceeded || n === 'QuotaExceededError')) return 'quota'
  if (names.some(n => LOST.has(n))) return 'closed'
  return names.some(n => n === Dexie.errnames.OpenFailed || n === 'VersionError') ? 'broken' : null
}

/**
 * Runs `work`. When the connection was lost (iOS drops it in the background), it opens the database again and runs
 * `work` once more. Only for work that is one transaction: a second run must be as good as the first.
 * @throws DbError by code; anything that is not the database's passes through
 */
export async function steady<T>(db: Dexie, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  }
  catch (error) {
    if (dbCodeOf(error) !== 'closed') throw named(error)
  }
  try {
    db.close({ disableAutoOpen: false })
    await db.open()
    return await work()
  }
  catch (error) {
    throw named(error)
  }
}

function named(error: unknown): unknown {
  const code = dbCodeOf(error)
  return code === null || error instanceof DbError ? error : new DbError(code, error)
}

/** The tables of one transaction, bound to it: they need no zone of Dexie's to find it. */
function within(tx: Transaction): Tables {
  return {
    outbox: tx.table('outbox'),
    undo: tx.table('undo'),
    aside: tx.table('aside'),
    meta: tx.table('meta'),
    rows: tbl => tx.table(tbl),
    raw: tbl => tx.table(tbl),
  } as Tables
}

/**
 * ONE read-write transaction that may write synced tables, the outbox and the before-images. For enqueue and apply
 * only. Outbox, undo, aside and meta are always in. Work must use the tables it is given: those of the database find
 * the transaction by Dexie's zone, which is lost after a hundred steps that do not touch the disk; what was written
 * until then would be committed alone.
 * @param db the person's database
 * @param tables synced tables that the work reads or writes
 * @param work runs inside the transaction; an error it throws undoes everything
 * @throws DbError
 */
export function writing<T>(db: AppDb, tables: readonly string[], work: (tables: Tables) => PromiseLike<T>): Promise<T> {
  const stores = [...new Set([...tables, 'outbox', 'undo', 'aside', 'meta'])]
  return steady(db, () => db.transaction('rw', stores, async (tx) => {
    permit(tx)
    return work(within(tx))
  }))
}
