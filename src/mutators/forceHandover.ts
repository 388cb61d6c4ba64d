import type { Mutator } from './tx.ts'
import { communityOf, handoverRow } from './handoverRow.ts'

/** A leader lets a person go whose relief does not come, and says why. */
export const forceHandover: Mutator<'force_handover'> = {
  v: 1,
  tables: ['handover', 'my_assignment', 'assignment', 'me'],
  async run(tx, { assignment_id, reason }, ctx) {
    const line = await tx.get('assignment', assignment_id)
    if (line && line.state !== 'on_post') tx.doubt('wrong_state')
    const row = await handoverRow(tx, assignment_id, await communityOf(tx, assignment_id))
    if (row.forced_at !== null) return
    const forced_by_name = (await tx.get('me', ctx.login))?.name ?? null
    await tx.put('handover', { ...row, forced_at: ctx.now, forced_reason: reason, forced_by_name })
  },
  entities: a => [a.assignment_id],
}
