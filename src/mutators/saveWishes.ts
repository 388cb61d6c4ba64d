import type { Mutator } from './tx.ts'

/** 值班意愿: what a person wishes of the automatic roster; to wish for nothing in particular leaves no row. */
export const saveWishes: Mutator<'save_wishes'> = {
  v: 1,
  tables: ['wish', 'me'],
  async run(tx, { turns, nights }, ctx) {
    const id = (await tx.get('me', ctx.login))?.responder_id
    if (!id) return tx.doubt('not_eligible')
    if (turns === 'as_usual' && nights === 'yes') await tx.remove('wish', id)
    else await tx.put('wish', { id, turns, nights })
  },
  entities: () => [],
}
