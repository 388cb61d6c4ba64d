import type { Mutator } from './tx.ts'

/** A leader reminds one person of their place. It changes nothing that a phone shows. */
export const remind: Mutator<'remind'> = {
  v: 1,
  tables: ['assignment'],
  async run(tx, { assignment_id }) {
    const line = await tx.get('assignment', assignment_id)
    if (!line) tx.doubt('gone')
    else if (line.state !== 'assigned' && line.state !== 'accepted') tx.doubt('wrong_state')
  },
  entities: a => [a.assignment_id],
}
