import type Dexie from 'dexie'
import { dbCodeOf, DbError } from './errors.ts'

/**
 * Runs `work` and, when the connection was lost (iOS drops it in the background), reopens once and runs it again.
 * Only for work that is one transaction: a second run must be as good as the first.
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
