import type { Mutator } from './tx.ts'

/** Gives or takes back one consent. */
export const setConsent: Mutator<'set_consent'> = {
  v: 1,
  tables: ['me'],
  async run(tx, { purpose, given }, ctx) {
    const me = await tx.get('me', ctx.login)
    if (!me?.responder_id) return tx.doubt('not_eligible')
    const others = me.consents.filter(c => c !== purpose)
    await tx.patch('me', ctx.login, { consents: given ? [...others, purpose].sort() : others })
  },
  entities: () => [],
}
