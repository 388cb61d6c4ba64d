import type { Mutator } from './tx.ts'
import { nextVersion, removeDraft } from './draftShifts.ts'

/** Cancels a shift; a draft one just goes. */
export const cancelShift: Mutator<'cancel_shift'> = {
  v: 1,
  tables: ['roster', 'shift', 'draft_assignment', 'assignment'],
  async run(tx, { shift_id }) {
    const shift = await tx.get('shift', shift_id)
    if (!shift) return tx.doubt('gone')
    if (shift.state === 'cancelled' || shift.state === 'stood_down') return
    if (shift.state === 'open') {
      if ((await tx.by('assignment', 'shift_id', shift_id)).some(a => a.state === 'on_post')) tx.doubt('wrong_state')
      await tx.patch('shift', shift_id, { state: 'cancelled' })
      return
    }
    await removeDraft(tx, shift_id)
    await nextVersion(tx, shift.roster_id)
  },
  entities: a => [a.shift_id],
}
