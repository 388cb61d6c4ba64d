import type { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'
import { holdsAny, OFFICER_ROLES } from '#domain/roles.ts'

/** Doorbell topics of a person, at most 4: own, one per community whose scopes he holds, and his own node as an officer. */
export async function topicsOf(db: AppDb, login: string): Promise<string[]> {
  const { cursors } = await readMeta(db)
  const me = await db.rows('me').get(login)
  const communities = Object.keys(cursors).filter(s => s.startsWith('org:') && s.endsWith(':open')).map(s =>
    s.slice(0, -':open'.length),
  )
  const nodes = (me?.memberships ?? []).filter(m => holdsAny(m, OFFICER_ROLES)).map(m => `sum:${m.org_unit_id}`)
  return [`user:${login}`, ...communities.sort(), ...nodes.sort()].slice(0, 4)
}
