import type { Mutator } from './tx.ts'
import { ids } from './tx.ts'

/** Says no to a request, or to a place a coordinator assigned. */
export const declineShift: Mutator<'decline_shift'> = {
  v: 1,
  tables: ['my_offer', 'my_assignment', 'assignment'],
  async run(tx, args, ctx) {
    if (args.offer_id !== null) {
      if (!await tx.patch('my_offer', args.offer_id, { state: 'declined', answered_at: ctx.now })) tx.doubt('gone')
      return
    }
    if (args.assignment_id === null) return tx.doubt('gone')
    if (!await tx.patch('my_assignment', args.assignment_id, { state: 'withdrawn' })) tx.doubt('gone')
    await tx.remove('assignment', args.assignment_id)
  },
  entities: a => ids(a.offer_id, a.assignment_id),
}
