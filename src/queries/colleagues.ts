import type { AppDb } from '#db/db.ts'
import { byName } from '#domain/order.ts'

export interface Present { responder_id: string, name: string }

/** People of a community whose names this phone knows, from the duty it shows and, for leads, from the list of people; without one person. */
export async function colleagues(db: AppDb, community_id: string, without: string): Promise<Present[]> {
  const [lines, people] = await Promise.all([db.rows('assignment').toArray(), db.rows('responder_lead').toArray()])
  const names = new Map(
    lines.filter(a => a.community_id === community_id && a.name !== '').map(a => [a.responder_id, a.name]),
  )
  for (const p of people) {
    if (p.community_ids.includes(community_id)) names.set(p.id, p.name)
  }
  names.delete(without)
  return [...names].map(([responder_id, name]) => ({ responder_id, name })).sort((a, b) => byName(a.name, b.name))
}
