import type { Mutator } from './tx.ts'

/** 不换: the colleague who was asked says no. */
export const declineSwap: Mutator<'decline_swap'> = {
  v: 1,
  tables: ['cover_request'],
  async run(tx, { cover_id }) {
    const cover = await tx.get('cover_request', cover_id)
    if (!cover) return tx.doubt('gone')
    if (cover.state === 'taken') return tx.doubt('wrong_state')
    await tx.remove('cover_request', cover_id)
  },
  entities: a => [a.cover_id],
}
