import type { Mutator } from './tx.ts'

/** 批准顶班: a coordinator lets the place change hands close to its start; they name the yes they have seen. */
export const approveCover: Mutator<'approve_cover'> = {
  v: 1,
  tables: ['cover_request', 'cover_lead', 'assignment'],
  async run(tx, { cover_id, assignment_id }) {
    const cover = await tx.get('cover_request', cover_id)
    if (!cover) return tx.doubt('gone')
    if (cover.taker_assignment_id !== assignment_id || cover.taker_id === null) return tx.doubt('wrong_state')
    const place = await tx.get('assignment', cover.assignment_id)
    await tx.remove('cover_request', cover_id)
    await tx.remove('cover_lead', cover_id)
    if (!place || cover.with_assignment_id !== null) return // of a swap the server alone knows the second id
    const taker = { id: assignment_id, responder_id: cover.taker_id, name: cover.taker_name ?? '' }
    await tx.remove('assignment', cover.assignment_id)
    const fresh = { state: 'accepted' as const, on_post_at: null, off_post_at: null, by_proxy: [] }
    await tx.put('assignment', { ...place, ...taker, ...fresh })
  },
  entities: a => [a.cover_id, a.assignment_id],
}
