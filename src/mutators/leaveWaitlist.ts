import type { Mutator } from './tx.ts'

/** Stops waiting, or lets a held place go. */
export const leaveWaitlist: Mutator<'leave_waitlist'> = {
  v: 1,
  tables: ['my_waitlist'],
  async run(tx, { waitlist_id }) {
    if (!await tx.patch('my_waitlist', waitlist_id, { state: 'left', hold_until: null })) tx.doubt('gone')
  },
  entities: a => [a.waitlist_id],
}
