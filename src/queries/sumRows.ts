import type { AppDb, StoredRow } from '#db/db.ts'
import type { OrgLevel } from '#domain/words.ts'
import { isModeOpen } from '#domain/mode.ts'
import { byName } from '#domain/orgTree.ts'

/** From the top down: the nearest one counts. */
const LEVELS: OrgLevel[] = ['city', 'district', 'street', 'community']

/** Counts an officer holds: no people, no names. Drills stand apart: they are nobody's duty (R35). */
export interface SumData {
  communities: StoredRow<'community_sum'>[], counts: StoredRow<'shift_count'>[], modes: StoredRow<'mode'>[]
  drillCounts: StoredRow<'shift_count'>[]
  ladders: StoredRow<'ladder'>[]
}

/**
 * The mode a community stands in: its own, or the nearest one above it. A mode of a unit below it, such as one estate,
 * is none of the whole community's.
 */
export function modeOfCommunity(
  { modes }: Pick<SumData, 'modes'>, community: StoredRow<'community_sum'>, now: number,
): StoredRow<'mode'> | null {
  const reaches = (m: StoredRow<'mode'>): boolean => {
    if (m.org_unit_id === community.id) return true
    const above = m.level === 'street' || m.level === 'district' || m.level === 'city'
    if (!above) return false
    // the server says by scope who a mode reaches; one that waits here is known by the street's name alone
    const scopes = Object.keys(m._v)
    if (scopes.length > 0) return scopes.includes(`sum:${community.id}`)
    return m.level !== 'street' || m.org_unit_name === community.street_name
  }
  const open = modes.filter(m => isModeOpen(m, now) && reaches(m))
  return open.sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level))[0] ?? null
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
