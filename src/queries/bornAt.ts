import type { AppDb } from '#db/db.ts'
import { BORN } from '#db/db.ts'

/**
 * When this phone's data was made, ms; undefined for data of an older version. Reads all of meta, so that a database
 * that was made again is noticed at its first sync.
 */
export async function bornAt(db: AppDb): Promise<number | undefined> {
  return (await db.meta.toArray()).find(row => row.k === BORN)?.value as number | undefined
}
