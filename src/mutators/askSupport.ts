import type { Mutator } from './tx.ts'

/** Somebody on post asks the community for help. It changes nothing that a phone shows. */
export const askSupport: Mutator<'ask_support'> = {
  v: 1,
  tables: ['my_assignment'],
  async run(tx, { assignment_id }) {
    const mine = await tx.get('my_assignment', assignment_id)
    if (!mine) tx.doubt('gone')
    else if (mine.state !== 'accepted' && mine.state !== 'on_post') tx.doubt('wrong_state')
  },
  entities: a => [a.assignment_id],
}
