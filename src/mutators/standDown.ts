import type { Mutator } from './tx.ts'

/** Ends a call-out; the mode stays open. */
export const standDown: Mutator<'stand_down'> = {
  v: 1,
  tables: ['callout'],
  async run(tx, { callout_id }, ctx) {
    const callout = await tx.get('callout', callout_id)
    if (!callout) return tx.doubt('gone')
    if (callout.state !== 'open' && callout.state !== 'filled') tx.doubt('not_open')
    await tx.patch('callout', callout_id, { state: 'stood_down', stood_down_at: ctx.now })
  },
  entities: a => [a.callout_id],
}
