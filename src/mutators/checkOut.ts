import type { Mutator } from './tx.ts'
import { ids } from './tx.ts'

/** 离岗: a fact, with the relief who took over or the reason for leaving without one. */
export const checkOut: Mutator<'check_out'> = {
  v: 1,
  tables: ['my_assignment', 'assignment'],
  async run(tx, { assignment_id, at, relief_assignment_id }) {
    const state = relief_assignment_id === null ? 'done' : 'relieved'
    const mine = await tx.patch('my_assignment', assignment_id, { state, off_post_at: at })
    const line = await tx.patch('assignment', assignment_id, { state, off_post_at: at })
    if (!mine && !line) tx.doubt('gone')
  },
  entities: a => ids(a.assignment_id, a.relief_assignment_id),
}
