import type { AppDb, StoredRow } from '#db/db.ts'
import { ms } from '#domain/time.ts'

/** Records of my number in other communities' lists, oldest first: each asks whether to be joined to mine. */
export async function listingRows(db: AppDb): Promise<StoredRow<'my_listing'>[]> {
  return (await db.rows('my_listing').toArray()).sort((a, b) => ms(a.at) - ms(b.at))
}
