import type { Mutator } from './tx.ts'
import { actsForOther, withStep } from '#domain/proxy.ts'

/** 到岗: a fact. Shown at once; the server never refuses it for being late. A coordinator may take back their word. */
export const checkIn: Mutator<'check_in'> = {
  v: 1,
  tables: ['my_assignment', 'assignment', 'me'],
  async run(tx, { assignment_id, at, way }, ctx) {
    const undone = way === 'undone'
    const known = await tx.get('assignment', assignment_id)
    if (undone && known && known.state !== 'on_post') return tx.doubt('wrong_state')
    const before = known ?? await tx.get('my_assignment', assignment_id)
    if (!before) return tx.doubt('gone')
    const otherSteps = before.by_proxy.filter(step => step !== 'on_post')
    const vouches = !undone && actsForOther(await tx.get('me', ctx.login), before.responder_id)
    const by_proxy = vouches ? withStep(otherSteps, 'on_post') : otherSteps
    const state = undone ? 'accepted' as const : 'on_post' as const
    const changes = { state, on_post_at: undone ? null : at, off_post_at: null, by_proxy }
    await tx.patch('my_assignment', assignment_id, changes)
    await tx.patch('assignment', assignment_id, changes)
  },
  entities: a => [a.assignment_id],
}
