import type { Transaction } from 'dexie'
import type { AppDb, Tables } from './db.ts'
import { permit } from './guard.ts'
import { steady } from './steady.ts'

/** The tables of one transaction, whatever zone the caller has come to. */
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
 * ONE read-write transaction that may write synced tables, the outbox and the before-images. For enqueue and apply only.
 * Outbox, undo, what is set aside and meta are always in. Work must use the tables it is given: those of the database itself find the transaction by Dexie's zone,
 * which is lost after a hundred steps that do not touch the disk; what was written until then would be committed alone.
 * @throws DbError
 */
export function writing<T>(db: AppDb, tables: readonly string[], work: (tables: Tables) => PromiseLike<T>): Promise<T> {
  const stores = [...new Set([...tables, 'outbox', 'undo', 'aside', 'meta'])]
  return steady(db, () => db.transaction('rw', stores, async (tx) => {
    permit(tx)
    return work(within(tx))
  }))
}
