import type { AppDb } from '#db/db.ts'
import { isBinding } from '#domain/assignment.ts'

/** Does this phone already show the shift as mine or as waited for, sent or not? A place a coordinator keeps for me until I confirm does not count, nor one held for me. */
export async function claimed(db: AppDb, shiftId: string): Promise<boolean> {
  const [mine, waits] = await Promise.all([db.rows('my_assignment').toArray(), db.rows('my_waitlist').toArray()])
  return mine.some(a => a.shift_id === shiftId && a.state !== 'assigned' && isBinding(a.state)) || waits.some(w => w.shift_id === shiftId && w._pending !== undefined && w.state === 'waiting')
}
