import type { Mutator } from './tx.ts'

/** 到岗: a fact. Shown at once; the server never refuses it for being late. */
export const checkIn: Mutator<'check_in'> = {
  v: 1,
  tables: ['my_assignment', 'assignment'],
  async run(tx, { assignment_id, at }) {
    const changes = { state: 'on_post', on_post_at: at, off_post_at: null } as const
    const mine = await tx.patch('my_assignment', assignment_id, changes)
    const line = await tx.patch('assignment', assignment_id, changes)
    if (!mine && !line) tx.doubt('gone')
  },
  entities: a => [a.assignment_id],
}
