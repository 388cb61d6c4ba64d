import type { Mutator } from './tx.ts'

/** A coordinator takes a person off a shift. */
export const unassign: Mutator<'unassign'> = {
  v: 1,
  tables: ['assignment', 'draft_assignment'],
  async run(tx, { assignment_id }) {
    const line = await tx.get('assignment', assignment_id)
    if (line && line.state !== 'assigned' && line.state !== 'accepted') return tx.doubt('wrong_state')
    if (!line && !await tx.get('draft_assignment', assignment_id)) tx.doubt('gone')
    await tx.remove('assignment', assignment_id)
    await tx.remove('draft_assignment', assignment_id)
  },
  entities: a => [a.assignment_id],
}
