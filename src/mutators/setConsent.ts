import type { Mutator } from './tx.ts'
import { CONSENT_PURPOSES } from '#domain/words.ts'

/** Gives or takes back one consent. */
export const setConsent: Mutator<'set_consent'> = {
  v: 1,
  tables: ['me'],
  async run(tx, { purpose, given }, ctx) {
    const me = await tx.get('me', ctx.login)
    if (!me?.responder_id) return tx.doubt('not_eligible')
    const consents = CONSENT_PURPOSES.filter(p => p === purpose ? given : me.consents.includes(p))
    await tx.patch('me', ctx.login, { consents })
  },
  entities: () => [],
}
