import type { MutationArgs } from '#domain/mutations.ts'
import type { ProxyStep } from '#domain/words.ts'
import type { Mutator, TapContext, Tx } from './tx.ts'
import { isBinding } from '#domain/assignment.ts'
import { actsForOther } from '#domain/proxy.ts'
import { ms } from '#domain/time.ts'
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
  const by_proxy: ProxyStep[] = actsForOther(await tx.get('me', ctx.login), responder_id) ? ['accepted'] : []
  await tx.put('assignment', { ...line, state: 'accepted', on_post_at: null, off_post_at: null, by_proxy })
}

/** The person is asked as before, and stands on the call list again. How often they were called the server knows. */
async function takeBack(tx: Tx, { offer_id }: Args, ctx: TapContext): Promise<void> {
  const offer = await tx.get('offer_lead', offer_id)
  if (!offer) return tx.doubt('gone')
  const { community_id, callout_id, tier, shift_id, responder_id } = offer
  for (const line of await tx.by('assignment', 'shift_id', shift_id)) {
    if (line.responder_id !== responder_id || !isBinding(line.state)) continue
    if (line.state === 'on_post') return tx.doubt('wrong_state')
    await tx.remove('assignment', line.id)
  }
  const state = ms(offer.expires_at) > ms(ctx.now) ? 'sent' : 'expired'
  await tx.patch('offer_lead', offer_id, { state, answered_at: null })
  const call = { id: offer_id, community_id, callout_id, tier, calls: 1 }
  await tx.put('call_lead', { ...call, result: 'undone', called_at: ctx.now })
}

/**
 * A coordinator writes down what a person said on the phone. A yes or a no is the person's answer, which may be taken
 * back; a call that nobody took is only counted.
 */
export const logCall: Mutator<'log_call'> = {
  v: 1,
  tables: ['call_lead', 'offer_lead', 'shift', 'assignment', 'me'],
  async run(tx, args, ctx) {
    if (args.result === 'accepted' || args.result === 'declined') return answerFor(tx, args, ctx)
    if (args.result === 'undone') return takeBack(tx, args, ctx)
    const row = await tx.get('call_lead', args.offer_id)
    if (!row) return tx.doubt('gone')
    await tx.put('call_lead', { ...row, calls: row.calls + 1, result: args.result, called_at: ctx.now })
  },
  entities: a => ids(a.offer_id, a.result === 'accepted' ? a.assignment_id : null),
}
