import type { Mutator } from './tx.ts'
import { actsForOther, withStep } from '#domain/proxy.ts'
import { ids } from './tx.ts'

/** 离岗: a fact, with the relief who took over or the reason for leaving without one. */
export const checkOut: Mutator<'check_out'> = {
  v: 1,
  tables: ['my_assignment', 'assignment', 'me'],
  async run(tx, { assignment_id, at, relief_assignment_id }, ctx) {
    const own = await tx.get('my_assignment', assignment_id)
    const known = await tx.get('assignment', assignment_id) ?? own
    if (!known) return tx.doubt('gone')
    const forOther = actsForOther(await tx.get('me', ctx.login), known.responder_id)
    const changes = {
      state: relief_assignment_id === null ? 'done' as const : 'relieved' as const,
      off_post_at: at,
      by_proxy: forOther ? withStep(known.by_proxy, 'off_post') : known.by_proxy,
    }
    await tx.patch('my_assignment', assignment_id, changes)
    await tx.patch('assignment', assignment_id, changes)
  },
  entities: a => ids(a.assignment_id, a.relief_assignment_id),
}
