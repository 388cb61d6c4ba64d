import type { MutationArgs } from '#domain/mutations.ts'
import type { Mutator, TapContext, Tx } from './tx.ts'
import { isFull } from '#domain/nearest.ts'
import { CARD_TABLES, doubtClaim, putClaim, putWaiting, readClaim } from './card.ts'
import { ids } from './tx.ts'

type Args = MutationArgs['accept_shift']

async function confirmOwn(tx: Tx, args: Args, ctx: TapContext): Promise<void> {
  const changes = { state: 'accepted', eta_min: args.eta_min, accepted_at: ctx.now } as const
  await tx.patch('my_assignment', args.assignment_id, changes)
  await tx.patch('assignment', args.assignment_id, { state: 'accepted' })
}

/**
 * Accepts a shift, or confirms one that a coordinator assigned. Only the server gives a place: until it has, the card
 * shows an intent.
 */
export const acceptShift: Mutator<'accept_shift'> = {
  v: 1,
  tables: [...CARD_TABLES, 'my_waitlist'],
  async run(tx, args, ctx) {
    if (args.offer_id !== null) await tx.patch('my_offer', args.offer_id, { state: 'accepted', answered_at: ctx.now })
    const facts = await readClaim(tx, args, ctx)
    if (facts.own) return confirmOwn(tx, args, ctx)
    doubtClaim(tx, facts, ctx, false)
    if (facts.shift && isFull(facts.shift) && args.on_full === 'waitlist')
      await putWaiting(tx, args.waitlist_id, facts.shift)
    else await putClaim(tx, args, facts, ctx)
  },
  entities: a => ids(a.assignment_id, a.shift_id, a.offer_id, a.on_full === 'waitlist' ? a.waitlist_id : null),
}
