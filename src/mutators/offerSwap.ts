import type { Mutator } from './tx.ts'
import { ms } from '#domain/time.ts'
import { OPEN_AGAIN } from './coverRow.ts'

/** 换班: asks a colleague to exchange one's own place for one of theirs. Both stay as they are until they say yes. */
export const offerSwap: Mutator<'offer_swap'> = {
  v: 1,
  tables: ['cover_request', 'my_assignment', 'assignment', 'me'],
  async run(tx, { cover_id: id, assignment_id, with_assignment_id }, ctx) {
    const [own, theirs, me] = [
      await tx.get('my_assignment', assignment_id),
      await tx.get('assignment', with_assignment_id),
      await tx.get('me', ctx.login),
    ]
    if (!own || !theirs) return tx.doubt('gone')
    const waits = (a: { state: string }): boolean => a.state === 'assigned' || a.state === 'accepted'
    if (!waits(own) || !waits(theirs)) return tx.doubt('wrong_state')
    if (Math.min(ms(own.starts_at), ms(theirs.starts_at)) <= ms(ctx.now)) return tx.doubt('closed')
    const { community_id, shift_id, responder_id } = own
    const exchange = { with_assignment_id, with_shift_id: theirs.shift_id, with_name: theirs.name }
    await tx.put('cover_request', {
      id, community_id, shift_id, assignment_id, responder_id, name: me?.name ?? '', asked_at: ctx.now,
      ...OPEN_AGAIN, ...exchange,
    })
  },
  entities: a => [a.cover_id, a.assignment_id, a.with_assignment_id],
}
