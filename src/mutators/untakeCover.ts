import type { Mutator } from './tx.ts'
import { changesHands } from '#domain/cover.ts'
import { OPEN_AGAIN } from './coverRow.ts'

/** 不顶了: the taker gives the place back. It is its owner's again, and the request open. */
export const untakeCover: Mutator<'untake_cover'> = {
  v: 1,
  tables: ['cover_request', 'my_assignment', 'assignment'],
  async run(tx, { cover_id }, ctx) {
    const cover = await tx.get('cover_request', cover_id)
    if (!cover?.taker_assignment_id) return tx.doubt('gone')
    const id = cover.taker_assignment_id
    if (cover.state === 'taken') {
      const mine = await tx.get('my_assignment', id)
      if (mine?.state !== 'assigned' && mine?.state !== 'accepted') return tx.doubt('wrong_state')
      if (!changesHands(mine, ctx.now)) tx.doubt('too_late')
      await tx.patch('my_assignment', id, { state: 'withdrawn', with_names: [] })
      await tx.remove('assignment', id)
    }
    await tx.patch('cover_request', cover_id, OPEN_AGAIN)
  },
  entities: a => [a.cover_id],
}
