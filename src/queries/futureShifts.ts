import type { AppDb, Stored } from '#db/db.ts'
import { isBinding } from '#domain/assignment.ts'
import { ms } from '#domain/time.ts'

/** Shifts I am bound to that are not over: what leaving would give back. */
export async function futureShifts(db: AppDb, now: number): Promise<Stored<'my_assignment'>[]> {
  return (await db.rows('my_assignment').orderBy('starts_at').toArray()).filter(a =>
    isBinding(a.state) && ms(a.ends_at) > now,
  )
}
