import type { AppDb, StoredRow } from '#db/db.ts'
import { byName } from '#domain/orgTree.ts'

/** People of a community, phones masked, in the order of their names; nobody is ranked. */
export async function peopleRows(db: AppDb, community_id: string): Promise<StoredRow<'responder_lead'>[]> {
  const rows = (await db.rows('responder_lead').toArray()).filter(r => r.community_ids.includes(community_id))
  return rows.sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}

export interface Colleague { responder_id: string, name: string }

/**
 * People of a community whose names this phone knows, from the duty it shows and, for leads, from the list of people;
 * all but `without`.
 */
export async function colleagues(db: AppDb, community_id: string, without: string): Promise<Colleague[]> {
  const [lines, people] = await Promise.all([db.rows('assignment').toArray(), db.rows('responder_lead').toArray()])
  const named = lines.filter(a => a.community_id === community_id && a.name !== '')
  const names = new Map(named.map(a => [a.responder_id, a.name]))
  for (const p of people) {
    if (p.community_ids.includes(community_id)) names.set(p.id, p.name)
  }
  names.delete(without)
  return [...names].map(([responder_id, name]) => ({ responder_id, name })).sort((a, b) => byName(a.name, b.name))
}

/** One person of a list, by id; undefined when this phone does not know them. */
export function personRow(db: AppDb, id: string): Promise<StoredRow<'responder_lead'> | undefined> {
  return db.rows('responder_lead').get(id)
}

/** Whether a person can sign in, as their record says; 'unknown' when this phone has none of them. */
export async function loginOf(db: AppDb, id: string): Promise<StoredRow<'responder_lead'>['login'] | 'unknown'> {
  return (await db.rows('responder_lead').get(id))?.login ?? 'unknown'
}
