import type { Mutator } from './tx.ts'
import { nightEnd } from '#domain/availability.ts'
import { iso, ms } from '#domain/time.ts'

/** 今天可以, 今天不行, or neither any more: one's own word until 06:00. The one ends the other. */
export const sayToday: Mutator<'say_today'> = {
  v: 1,
  tables: ['absence', 'availability', 'me'],
  async run(tx, { absence_id, answer }, { login, now }) {
    const me = await tx.get('me', login)
    if (!me?.responder_id || !me.memberships.some(m => m.report_in === 'confirmed')) return tx.doubt('not_eligible')
    const id = me.responder_id
    const said = (await tx.all('absence')).filter(a => a.responder_id === id && a.today && ms(a.ends_at) > ms(now))
    for (const absence of said) await tx.remove('absence', absence.id)
    const hours = await tx.get('availability', id)
    const [fits, by_name] = [hours?.fits ?? null, hours?.by_name ?? null]
    const until = iso(nightEnd(now))
    if (answer === 'can') await tx.put('availability', { id, fits, ready_until: until, by_name })
    else if (fits === null) await tx.remove('availability', id)
    else if (hours?.ready_until) await tx.put('availability', { id, fits, ready_until: null, by_name })
    if (answer !== 'cannot') return
    const span = { starts_at: now, ends_at: until }
    await tx.put('absence', { id: absence_id, responder_id: id, ...span, reason: null, by_name: null, today: true })
  },
  entities: a => [a.absence_id],
}
