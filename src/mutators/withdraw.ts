import type { Mutator } from './tx.ts'

/** Gives a place back before going on post. */
export const withdraw: Mutator<'withdraw'> = {
  v: 1,
  tables: ['my_assignment', 'assignment'],
  async run(tx, { assignment_id }) {
    const mine = await tx.get('my_assignment', assignment_id)
    if (!mine) return tx.doubt('gone')
    if (mine.state !== 'assigned' && mine.state !== 'accepted') return tx.doubt('wrong_state')
    await tx.patch('my_assignment', assignment_id, { state: 'withdrawn' })
    await tx.remove('assignment', assignment_id)
  },
  entities: a => [a.assignment_id],
}
