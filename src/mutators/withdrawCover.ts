import type { Mutator } from './tx.ts'

/** 不用顶了: the owner, or a coordinator, takes the request back. */
export const withdrawCover: Mutator<'withdraw_cover'> = {
  v: 1,
  tables: ['cover_request', 'cover_lead'],
  async run(tx, { cover_id }) {
    const cover = await tx.get('cover_request', cover_id)
    if (!cover) return tx.doubt('gone')
    if (cover.state === 'taken') return tx.doubt('wrong_state')
    await tx.remove('cover_request', cover_id)
    await tx.remove('cover_lead', cover_id)
  },
  entities: a => [a.cover_id],
}
