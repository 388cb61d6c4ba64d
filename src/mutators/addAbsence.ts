import type { Mutator } from './tx.ts'
import { actsForOther } from '#domain/proxy.ts'
import { ms } from '#domain/time.ts'

/** 请假: a person is away in a span; a coordinator may say it for them. Shifts inside stay theirs. */
export const addAbsence: Mutator<'add_absence'> = {
  v: 1,
  tables: ['absence', 'me'],
  async run(tx, { absence_id: id, responder_id, starts_at, ends_at, reason }, ctx) {
    const me = await tx.get('me', ctx.login)
    if (ms(ends_at) <= ms(starts_at)) tx.doubt('invalid')
    const by_name = actsForOther(me, responder_id) ? me?.name ?? null : null
    const said = reason?.trim() || null
    await tx.put('absence', { id, responder_id, starts_at, ends_at, reason: said, by_name, today: false })
  },
  entities: a => [a.absence_id, a.responder_id],
}
