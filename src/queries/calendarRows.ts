import type { AppDb, StoredRow } from '#db/db.ts'
import type { HolidayTable } from '#domain/restDays.ts'
import { holidayTable } from '#domain/restDays.ts'

/** The statutory calendar as this phone has it. */
export async function holidaysKnown(db: AppDb): Promise<HolidayTable> {
  return holidayTable(await db.rows('holiday').toArray())
}

/** Duty that repeats in a community, in the order in which it was kept. */
export async function recurrences(db: AppDb, community_id: string): Promise<StoredRow<'recurrence'>[]> {
  const rows = (await db.rows('recurrence').toArray()).filter(r => r.community_id === community_id)
  return rows.sort((a, b) => a.id < b.id ? -1 : 1)
}
