import type { Mutator } from './tx.ts'
import { actsForOther } from '#domain/proxy.ts'

/** 可值守时间: the parts of a week that suit a person; a coordinator may say it for them. null: every time suits. */
export const saveAvailability: Mutator<'save_availability'> = {
  v: 1,
  tables: ['availability', 'me'],
  async run(tx, { responder_id: id, fits }, ctx) {
    const [me, known] = [await tx.get('me', ctx.login), await tx.get('availability', id)]
    const ready_until = known?.ready_until ?? null
    if (fits === null && ready_until === null) return tx.remove('availability', id)
    const by_name = fits !== null && actsForOther(me, id) ? me?.name ?? null : null
    await tx.put('availability', { id, fits: fits && [...fits].sort(), ready_until, by_name })
  },
  entities: a => [a.responder_id],
}
