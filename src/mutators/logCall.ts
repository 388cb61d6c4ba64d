import type { MutationArgs } from '#domain/mutations.ts'
import type { Mutator, TapContext, Tx } from './tx.ts'
import { ids } from './tx.ts'

type Args = MutationArgs['log_call']

async function answerFor(tx: Tx, { offer_id, result, assignment_id }: Args, ctx: TapContext): Promise<void> {
  const offer = await tx.get('offer_lead', offer_id)
  if (!offer) return tx.doubt('gone')
  const state = result === 'accepted' ? 'accepted' : 'declined'
  await tx.patch('offer_lead', offer_id, { state, answered_at: ctx.now })
  await tx.remove('call_lead', offer_id)
  const shift = result === 'accepted' ? await tx.get('shift', offer.shift_id) : undefined
  if (!shift) return
  if (shift.filled + shift.held >= shift.capacity) tx.doubt('full')
  const { community_id, starts_at, ends_at } = shift
  const { responder_id, name } = offer
  const line = { id: assignment_id, shift_id: shift.id, responder_id, community_id, name, starts_at, ends_at }
  await tx.put('assignment', { ...line, state: 'accepted', on_post_at: null, off_post_at: null })
}

/**
 * A coordinator writes down what a person said on the phone. A yes or a no is the person's answer; a call that nobody
 * took is only counted.
 */
export const logCall: Mutator<'log_call'> = {
  v: 1,
  tables: ['call_lead', 'offer_lead', 'shift', 'assignment'],
  async run(tx, args, ctx) {
    if (args.result === 'accepted' || args.result === 'declined') return answerFor(tx, args, ctx)
    const row = await tx.get('call_lead', args.offer_id)
    if (!row) return tx.doubt('gone')
    await tx.put('call_lead', { ...row, calls: row.calls + 1, result: args.result, called_at: ctx.now })
  },
  entities: a => ids(a.offer_id, a.result === 'accepted' ? a.assignment_id : null),
}
