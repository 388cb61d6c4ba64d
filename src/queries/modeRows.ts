import type { AppDb, StoredRow } from '#db/db.ts'
import type { Mode } from '#domain/rows.ts'
import { modeOf } from '#domain/mode.ts'
import { orgTree } from '#domain/orgTree.ts'

/** The mode a community stands in, offline too: the open one on the nearest unit, or null for 平时. */
export async function modeRow(db: AppDb, community: string | null, now: number): Promise<Mode | null> {
  const [modes, units] = await Promise.all([db.rows('mode').toArray(), db.rows('org_unit').toArray()])
  const known = new Set(units.map(u => u.id))
  const here = units.filter(u => u.community_id === community)
  const relevant = modes.filter(m => !known.has(m.org_unit_id) || here.some(u => u.id === m.org_unit_id))
  return modeOf(relevant, orgTree(here), community ?? '', now)
}

/** Every mode this phone knows, of any unit, open or over. */
export function modeRows(db: AppDb): Promise<StoredRow<'mode'>[]> {
  return db.rows('mode').toArray()
}

/** Does a drill run in the community? Everybody is to see that it is one (R35). */
export async function drillRuns(db: AppDb, community: string | null): Promise<boolean> {
  const callouts = await db.rows('callout').toArray()
  const drills = callouts.filter(c => c.community_id === community && c.kind === 'drill')
  return drills.some(c => c.state === 'open' || c.state === 'filled')
}
