import type { Mutator } from './tx.ts'
import { heldUntil } from '#domain/waitlist.ts'

/** A coordinator picks who of the waitlist a freed place is held for. */
export const pickWaiting: Mutator<'pick_waiting'> = {
  v: 1,
  tables: ['waitlist_lead', 'shift'],
  async run(tx, { waitlist_id }, ctx) {
    const line = await tx.get('waitlist_lead', waitlist_id)
    const shift = line && await tx.get('shift', line.shift_id)
    if (!shift) return tx.doubt('gone')
    if (shift.state !== 'open') return tx.doubt('closed')
    if (line.state !== 'waiting') return tx.doubt('wrong_state')
    if (shift.to_pick === 0) return tx.doubt('full')
    await tx.patch('waitlist_lead', waitlist_id, { state: 'held', hold_until: heldUntil(shift, ctx.now) })
    await tx.patch('shift', shift.id, { to_pick: shift.to_pick - 1 })
  },
  entities: a => [a.waitlist_id],
}
