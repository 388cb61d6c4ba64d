import type { AppDb, Stored } from '#db/db.ts'
import { byName } from '#domain/order.ts'

/** People of a community, phones masked, in the order of their names; nobody is ranked. */
export async function peopleRows(db: AppDb, community_id: string): Promise<Stored<'responder_lead'>[]> {
  const rows = (await db.rows('responder_lead').toArray()).filter(r => r.community_ids.includes(community_id))
  return rows.sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}
