import type { Mutator } from './tx.ts'
import { withStep } from '#domain/proxy.ts'

/** 到岗: a fact. Shown at once; the server never refuses it for being late. A coordinator may take back their word. */
export const checkIn: Mutator<'check_in'> = {
  v: 1,
  tables: ['my_assignment', 'assignment'],
  async run(tx, { assignment_id, at, way }) {
    const undone = way === 'undone'
    const known = await tx.get('assignment', assignment_id)
    if (undone && known && known.state !== 'on_post') return tx.doubt('wrong_state')
    const before = known ?? await tx.get('my_assignment', assignment_id)
    const own = (before?.by_proxy ?? []).filter(step => step !== 'on_post')
    const state = undone ? 'accepted' as const : 'on_post' as const
    const by_proxy = way === 'coordinator' ? withStep(own, 'on_post') : own
    const changes = { state, on_post_at: undone ? null : at, off_post_at: null, by_proxy }
    const mine = await tx.patch('my_assignment', assignment_id, changes)
    const line = await tx.patch('assignment', assignment_id, changes)
    if (!mine && !line) tx.doubt('gone')
  },
  entities: a => [a.assignment_id],
}
