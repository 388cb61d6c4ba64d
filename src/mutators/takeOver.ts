import type { ProxyStep } from '#domain/words.ts'
import type { Mutator, Tx } from './tx.ts'
import { actsForOther, withStep } from '#domain/proxy.ts'
import { coordinates } from '#domain/roles.ts'
import { ms } from '#domain/time.ts'
import { communityOf, handoverRow } from './handoverRow.ts'

/** A person's name as this phone knows it from duty or from the list of people; '' when it does not. */
async function nameOf(tx: Tx, responder: string): Promise<string> {
  const known = await tx.get('responder_lead', responder)
  return known?.name ?? (await tx.all('assignment')).find(a => a.responder_id === responder)?.name ?? ''
}

/**
 * Somebody who is present takes over a running shift. After its planned end only the server can find the place of the
 * new person, so the phone shows only that the other one leaves.
 */
export const takeOver: Mutator<'take_over'> = {
  v: 1,
  tables: ['my_assignment', 'assignment', 'handover', 'responder_lead', 'me'],
  async run(tx, { assignment_id, new_assignment_id, responder_id, at }, ctx) {
    const line = await tx.get('assignment', assignment_id)
    const mine = await tx.get('my_assignment', assignment_id)
    if (!line && !mine) return tx.doubt('gone')
    const me = await tx.get('me', ctx.login)
    const leaver = (line ?? mine)!
    const forOther = actsForOther(me, leaver.responder_id)
    const left = {
      state: 'relieved' as const,
      off_post_at: at,
      by_proxy: forOther ? withStep(leaver.by_proxy, 'off_post') : leaver.by_proxy,
    }
    await tx.patch('my_assignment', assignment_id, left)
    if (line) {
      const over = ms(at) >= ms(line.ends_at)
      const end = over ? line.ends_at : at
      await tx.patch('assignment', assignment_id, { ...left, ends_at: end })
      const { shift_id, community_id, ends_at } = line
      const name = await nameOf(tx, responder_id)
      const vouched = actsForOther(me, responder_id) && coordinates(me?.memberships ?? [], community_id)
      if (!over) {
        const turn = { id: new_assignment_id, shift_id, responder_id, community_id, name, starts_at: at, ends_at }
        const by_proxy: ProxyStep[] = vouched ? ['on_post'] : []
        await tx.put('assignment', { ...turn, state: 'on_post', on_post_at: at, off_post_at: null, by_proxy })
      }
    }
    const row = await handoverRow(tx, assignment_id, await communityOf(tx, assignment_id))
    await tx.put('handover', {
      ...row,
      to_assignment_id: row.to_assignment_id ?? new_assignment_id,
      given_at: row.given_at ?? (forOther ? null : at),
    })
  },
  entities: a => [a.assignment_id, a.new_assignment_id],
}
