import type { Mutator } from './tx.ts'
import { lackedSkill } from '#domain/person.ts'
import { putWaiting, WAITING_TABLES } from './card.ts'

/** Waits for a place on a full shift. */
export const joinWaitlist: Mutator<'join_waitlist'> = {
  v: 1,
  tables: [...WAITING_TABLES, 'me'],
  async run(tx, { waitlist_id, shift_id }, ctx) {
    const [shift, me] = await Promise.all([tx.get('shift', shift_id), tx.get('me', ctx.login)])
    if (!shift) return tx.doubt('gone')
    if (shift.state !== 'open') tx.doubt('closed')
    else if (me && lackedSkill(shift.skill, me.skills) !== null) tx.doubt('not_eligible')
    await putWaiting(tx, waitlist_id, shift)
  },
  entities: a => [a.waitlist_id, a.shift_id],
}
