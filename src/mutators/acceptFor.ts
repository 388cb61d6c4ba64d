import type { MutationArgs } from '#domain/mutations.ts'
import type { TapContext, Tx } from './tx.ts'
import { withStep } from '#domain/proxy.ts'
import { ms } from '#domain/time.ts'

/** 代办: a coordinator says yes for a person without a phone, whom they put on the shift. */
export async function acceptFor(tx: Tx, args: MutationArgs['accept_shift'], ctx: TapContext): Promise<void> {
  const line = await tx.get('assignment', args.assignment_id)
  if (!line) return tx.doubt('gone')
  if (line.state !== 'assigned') return
  const person = await tx.get('responder_lead', line.responder_id)
  if (person?.login === 'active') tx.doubt('not_eligible')
  else if (ms(line.ends_at) <= ms(ctx.now)) tx.doubt('closed')
  await tx.patch('assignment', line.id, { state: 'accepted', by_proxy: withStep(line.by_proxy, 'accepted') })
}
