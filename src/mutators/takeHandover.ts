import type { Mutator } from './tx.ts'
import { communityOf, handoverRow, wordsOf } from './handoverRow.ts'

/** The relief's confirmation, with the note it was shown until the giver's own arrives. */
export const takeHandover: Mutator<'take_handover'> = {
  v: 1,
  tables: ['handover', 'my_assignment', 'assignment'],
  async run(tx, { assignment_id, from_assignment_id, note, at }) {
    const community = await communityOf(tx, assignment_id, from_assignment_id)
    if (community === '') tx.doubt('gone')
    const row = await handoverRow(tx, from_assignment_id, community)
    if (row.taken_at !== null) return
    await tx.put('handover', {
      ...row,
      ...row.given_at === null && note ? wordsOf(note) : {},
      to_assignment_id: assignment_id,
      taken_at: at,
    })
  },
  entities: a => [a.assignment_id, a.from_assignment_id],
}
