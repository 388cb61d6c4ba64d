import type { AppDb, StoredRow } from '#db/db.ts'

/** What a person wishes of the automatic roster, as far as this phone may know; null = nothing in particular. */
export async function wishOf(db: AppDb, responder_id: string): Promise<StoredRow<'wish'> | null> {
  return await db.rows('wish').get(responder_id) ?? null
}

/** Everybody's wishes that this phone knows, by person: one's own, and for coordinators those of their people. */
export async function wishesKnown(db: AppDb): Promise<Map<string, StoredRow<'wish'>>> {
  return new Map((await db.rows('wish').toArray()).map(wish => [wish.id, wish]))
}
