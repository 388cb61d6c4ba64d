import type { AppDb } from '#db/db.ts'
import { isBinding } from '#domain/assignment.ts'

/** Does this phone already show the shift as mine, sent or not? A place a coordinator keeps for me until I confirm does not count. */
export async function claimed(db: AppDb, shiftId: string): Promise<boolean> {
  return (await db.rows('my_assignment').toArray()).some(a => a.shift_id === shiftId && a.state !== 'assigned' && isBinding(a.state))
}
