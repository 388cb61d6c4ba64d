import type { AppDb, StoredRow } from '#db/db.ts'
import type { Mode, OrgUnit } from '#domain/rows.ts'
import { isModeOpen, modeOf } from '#domain/mode.ts'
import { orgTree } from '#domain/orgTree.ts'

/** What the mode strip says: the mode of the unit it is about, and the others this phone knows of, each of its unit. */
export interface ModesHere { here: Mode | null, others: Mode[] }

/**
 * The modes of a community: those on its units, and those above that reach it. A phone may hold modes of other
 * communities, and of streets and districts above only these; the scopes a row came by tell. One that waits here has
 * none, and its unit is in the tree, or its author's own.
 */
export function modesIn<M extends StoredRow<'mode'>>(
  modes: readonly M[], units: readonly Pick<OrgUnit, 'id' | 'community_id'>[], community: string | null,
): M[] {
  const ofUnit = new Map(units.map(u => [u.id, u.community_id]))
  return modes.filter((m) => {
    if (m.org_unit_id === community) return true
    if (ofUnit.has(m.org_unit_id)) return ofUnit.get(m.org_unit_id) === community
    const scopes = Object.keys(m._v)
    return scopes.length === 0 || scopes.includes(`org:${community}:open`) || scopes.includes(`sum:${community}`)
  })
}

/**
 * The mode a unit of a community stands in, offline too: the open one on the nearest unit, or null for 平时. Without a
 * unit it is the community's own.
 */
export async function modeRow(
  db: AppDb, community: string | null, now: number, unit: string | null = null,
): Promise<Mode | null> {
  const [modes, units] = await Promise.all([db.rows('mode').toArray(), db.rows('org_unit').toArray()])
  const tree = orgTree(units.filter(u => u.community_id === community))
  const at = unit && tree.get(unit) ? unit : community
  return modeOf(modesIn(modes, units, community), tree, at ?? '', now)
}

/**
 * The mode of a community, and every other open one: of its parts, and of the person's other communities. Above
 * communities, where there is none to stand in, all are others.
 */
export async function modesHere(db: AppDb, community: string | null, now: number): Promise<ModesHere> {
  const open = (await db.rows('mode').toArray()).filter(m => isModeOpen(m, now))
  const here = community ? await modeRow(db, community, now) : null
  // what reaches the whole community from farther above says nothing more
  const units = await db.rows('org_unit').toArray()
  const ofUnit = new Map(units.map(u => [u.id, u.community_id]))
  const reach = new Set(community ? modesIn(open, units, community).map(m => m.id) : [])
  const isPart = (m: Mode): boolean => ofUnit.get(m.org_unit_id) === community && m.org_unit_id !== community
  const others = open.filter(m => m.id !== here?.id && (!reach.has(m.id) || isPart(m)))
  return { here, others: others.sort((a, b) => a.org_unit_name < b.org_unit_name ? -1 : 1) }
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
