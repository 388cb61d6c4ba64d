import type { AppDb, Stored } from '#db/db.ts'
import type { Role } from '#domain/rows.ts'

/** Own record; undefined until the first sync. */
export async function meRow(db: AppDb): Promise<Stored<'me'> | undefined> {
  return (await db.rows('me').toArray())[0]
}

/** What the person may open: communities he belongs to or looks after, and his roles anywhere. */
export interface Standing { communities: { id: string, name: string }[], roles: Set<Role> }

/** Reads the person's communities and roles out of his own record. */
export function standingOf(me: Pick<Stored<'me'>, 'memberships' | 'roles'> | undefined): Standing {
  const memberships = me?.memberships ?? []
  const communities = memberships.filter(m => m.level === 'community' && m.report_in !== 'requested').map(m => ({
    id: m.org_unit_id,
    name: m.name,
  }))
  return { communities, roles: new Set(me?.roles ?? []) }
}
