import type { AppDb } from './db.ts'
import { permit } from './guard.ts'
import { steady } from './steady.ts'

/**
 * ONE read-write transaction that may write synced tables, the outbox and the before-images. For enqueue and apply only.
 * Outbox, undo and meta are always in.
 * @throws DbError
 */
export function writing<T>(db: AppDb, tables: readonly string[], work: () => Promise<T>): Promise<T> {
  const stores = [...new Set([...tables, 'outbox', 'undo', 'meta'])]
  return steady(db, () => db.transaction('rw', stores, async (tx) => {
    permit(tx)
    return work()
  }))
}
