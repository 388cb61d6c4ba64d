import type { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'

/** Server clock minus this phone's, in ms, as last measured; 0 before the first sync. */
export async function clockOffset(db: AppDb): Promise<number> {
  return (await readMeta(db)).offset?.ms ?? 0
}
