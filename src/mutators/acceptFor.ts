import type { Mutator } from './tx.ts'
import { withStep } from '#domain/proxy.ts'
import { ms } from '#domain/time.ts'

/** 代确认: a coordinator put a person without a phone on a shift, and confirms the place for them. */
export const acceptFor: Mutator<'accept_for'> = {
  v: 1,
  tables: ['assignment', 'responder_lead'],
  async run(tx, { assignment_id }, ctx) {
    const line = await tx.get('assignment', assignment_id)
    if (!line) return tx.doubt('gone')
    if (line.state !== 'assigned') return
    const person = await tx.get('responder_lead', line.responder_id)
    if (person?.login === 'active') tx.doubt('not_eligible')
    else if (ms(line.ends_at) <= ms(ctx.now)) tx.doubt('closed')
    await tx.patch('assignment', line.id, { state: 'accepted', by_proxy: withStep(line.by_proxy, 'accepted') })
  },
  entities: a => [a.assignment_id],
}
