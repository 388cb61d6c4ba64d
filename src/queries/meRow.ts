import type { AppDb, Stored } from '#db/db.ts'
import type { Mode, Role } from '#domain/rows.ts'
import { modeOf } from '#domain/mode.ts'
import { orgTree } from '#domain/orgTree.ts'

/** Own record; undefined until the first sync. */
export async function meRow(db: AppDb): Promise<Stored<'me'> | undefined> {
  return (await db.rows('me').toArray())[0]
}

/** What the person may open: communities he belongs to or looks after, and his roles anywhere. */
export interface Standing { communities: { id: string, name: string }[], roles: Set<Role> }

/** Reads the person's communities and roles out of his own record. */
export function standingOf(me: Pick<Stored<'me'>, 'memberships' | 'roles'> | undefined): Standing {
  const memberships = me?.memberships ?? []
  const communities = memberships.filter(m => m.level === 'community' && m.report_in !== 'requested').map(m => ({ id: m.org_unit_id, name: m.name }))
  return { communities, roles: new Set(me?.roles ?? []) }
}

/** The mode a community stands in, offline too: the open one on the nearest unit, or null for 平时. */
export async function modeRow(db: AppDb, community: string | null, now: number): Promise<Mode | null> {
  const [modes, units] = await Promise.all([db.rows('mode').toArray(), db.rows('org_unit').toArray()])
  const known = new Set(units.map(u => u.id))
  const here = units.filter(u => u.community_id === community)
  const relevant = modes.filter(m => !known.has(m.org_unit_id) || here.some(u => u.id === m.org_unit_id))
  return modeOf(relevant, orgTree(here), community ?? '', now)
}

/** Does a drill run in the community? Everybody is to see that it is one (R35). */
export async function drillRuns(db: AppDb, community: string | null): Promise<boolean> {
  return (await db.rows('callout').toArray()).some(c => c.community_id === community && c.kind === 'drill' && (c.state === 'open' || c.state === 'filled'))
}
