import type { Mutator } from './tx.ts'
import { ms } from '#domain/time.ts'
import { CARD_TABLES, doubtClaim, putClaim, readClaim } from './card.ts'

/** Takes the place that is held for me. */
export const takeHeldPlace: Mutator<'take_held_place'> = {
  v: 1,
  tables: [...CARD_TABLES, 'my_waitlist'],
  async run(tx, { waitlist_id, assignment_id, eta_min }, ctx) {
    const waiting = await tx.get('my_waitlist', waitlist_id)
    if (!waiting) return tx.doubt('gone')
    if (waiting.state !== 'held') tx.doubt('wrong_state')
    else if (waiting.hold_until !== null && ms(waiting.hold_until) <= ms(ctx.now)) tx.doubt('gone')
    const claim = { assignment_id, shift_id: waiting.shift_id, offer_id: null, eta_min }
    await tx.patch('my_waitlist', waitlist_id, { state: 'taken', hold_until: null })
    const facts = await readClaim(tx, claim, ctx)
    doubtClaim(tx, facts, ctx, true)
    await putClaim(tx, claim, facts, ctx)
  },
  entities: a => [a.waitlist_id, a.assignment_id],
}
