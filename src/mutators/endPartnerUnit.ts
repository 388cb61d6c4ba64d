import type { Mutator } from './tx.ts'
import { dayKey, ms } from '#domain/time.ts'

/** A partner unit has moved away or closed; its liaisons' roles end. */
export const endPartnerUnit: Mutator<'end_partner_unit'> = {
  v: 1,
  tables: ['partner_unit'],
  async run(tx, { partner_unit_id: id }, ctx) {
    const unit = await tx.get('partner_unit', id)
    if (!unit) return tx.doubt('gone')
    if (unit.state === 'ended') return
    await tx.patch('partner_unit', id, { state: 'ended', ended_on: dayKey(ms(ctx.now)), liaisons: [] })
  },
  entities: a => [a.partner_unit_id],
}
