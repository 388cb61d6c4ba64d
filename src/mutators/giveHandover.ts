import type { Mutator } from './tx.ts'
import { communityOf, handoverRow, wordsOf } from './handoverRow.ts'
import { ids } from './tx.ts'

/** The leaving person's note and confirmation; what both have confirmed is not changed any more. */
export const giveHandover: Mutator<'give_handover'> = {
  v: 1,
  tables: ['handover', 'my_assignment', 'assignment'],
  async run(tx, { assignment_id, to_assignment_id, note, at }) {
    const community = await communityOf(tx, assignment_id)
    if (community === '') tx.doubt('gone')
    const row = await handoverRow(tx, assignment_id, community)
    if (row.given_at !== null && row.taken_at !== null) return
    await tx.put('handover', {
      ...row,
      ...wordsOf(note),
      to_assignment_id: row.to_assignment_id ?? to_assignment_id,
      given_at: row.given_at ?? at,
    })
  },
  entities: a => ids(a.assignment_id, a.to_assignment_id),
}
