import type { AppDb, StoredRow } from '#db/db.ts'
import { byName } from '#domain/orgTree.ts'

/** Door codes of a community with the units they name, in the fixed order of the tree. */
export async function doorRows(
  db: AppDb,
  community_id: string,
): Promise<{ doors: StoredRow<'door'>[], units: StoredRow<'org_unit'>[] }> {
  const [doors, units] = await Promise.all([db.rows('door').toArray(), db.rows('org_unit').toArray()])
  const own = units.filter(u => u.community_id === community_id)
  const order = new Map(own.map(u => [u.id, u]))
  const parent = (id: string): string => order.get(order.get(id)?.parent_id ?? '')?.name ?? ''
  const sorted = doors.filter(d => d.community_id === community_id).sort((a, b) =>
    byName(parent(a.id), parent(b.id)) || byName(order.get(a.id)?.name ?? '', order.get(b.id)?.name ?? ''),
  )
  return { doors: sorted, units: own }
}
