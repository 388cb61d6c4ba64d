import type { AppDb, StoredRow } from '#db/db.ts'
import { byName } from '#domain/orgTree.ts'

/** Counts an officer holds: no people, no names. Drills stand apart: they are nobody's duty (R35). */
export interface SumData {
  communities: StoredRow<'community_sum'>[], counts: StoredRow<'shift_count'>[], modes: StoredRow<'mode'>[]
  drillCounts: StoredRow<'shift_count'>[]
  ladders: StoredRow<'ladder'>[]
}

/** Communities by name, a fixed order; nobody is ranked. */
export async function sumRows(db: AppDb): Promise<SumData> {
  const [communities, counts, modes, ladders] = await Promise.all([
    db.rows('community_sum').toArray(),
    db.rows('shift_count').toArray(),
    db.rows('mode').toArray(),
    db.rows('ladder').toArray(),
  ])
  return {
    communities: communities.sort((a, b) => byName(a.name, b.name)),
    counts: counts.filter(c => c.drill !== 'yes'),
    drillCounts: counts.filter(c => c.drill === 'yes'),
    modes,
    ladders,
  }
}
