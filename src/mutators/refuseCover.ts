import type { Mutator } from './tx.ts'
import { OPEN_AGAIN } from './coverRow.ts'

/** 不批准顶班: a coordinator says no to the one who said yes; the request is open again. */
export const refuseCover: Mutator<'refuse_cover'> = {
  v: 1,
  tables: ['cover_request'],
  async run(tx, { cover_id, assignment_id }) {
    const cover = await tx.get('cover_request', cover_id)
    if (!cover) return tx.doubt('gone')
    if (cover.taker_assignment_id !== assignment_id) return tx.doubt('wrong_state')
    await tx.patch('cover_request', cover_id, OPEN_AGAIN)
  },
  entities: a => [a.cover_id, a.assignment_id],
}
