import type { AppDb, StoredRow } from '#db/db.ts'

/** Who waits for a shift or has a place held for them, in the order of their ranks, as leads see them. */
export async function waitingFor(db: AppDb, shift_id: string): Promise<StoredRow<'waitlist_lead'>[]> {
  const all = await db.rows('waitlist_lead').where('shift_id').equals(shift_id).toArray()
  return all.filter(w => w.state === 'waiting' || w.state === 'held').sort((a, b) => a.rank - b.rank)
}
