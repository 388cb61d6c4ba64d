import type { Mutator } from './tx.ts'
import { putWaiting, WAITING_TABLES } from './card.ts'

/** Waits for a place on a full shift. */
export const joinWaitlist: Mutator<'join_waitlist'> = {
  v: 1,
  tables: WAITING_TABLES,
  async run(tx, { waitlist_id, shift_id }) {
    const shift = await tx.get('shift', shift_id)
    if (!shift) return tx.doubt('gone')
    if (shift.state !== 'open') tx.doubt('closed')
    await putWaiting(tx, waitlist_id, shift)
  },
  entities: a => [a.waitlist_id, a.shift_id],
}
