import type { AppDb } from '#db/db.ts'
import type { OwnRecord } from '#domain/ownRecord.ts'
import { ownRecord } from '#domain/ownRecord.ts'

/** The own record of the person of this phone, from the day `first` to `last` (YYYY-MM-DD). */
export async function recordRows(db: AppDb, first: string, last: string, now: number): Promise<OwnRecord> {
  return ownRecord(await db.rows('my_assignment').toArray(), first, last, now)
}
