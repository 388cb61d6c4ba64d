import type { Mutator } from './tx.ts'
import { holderName } from './partyOrgRow.ts'

/** A seat is added to a council, or somebody is invited to one, confirmed, or serves on it. */
export const saveSeat: Mutator<'save_seat'> = {
  v: 1,
  tables: ['seat', 'partner_unit', 'responder_lead'],
  async run(tx, { seat_id: id, holder, ...said }) {
    const unit = said.partner_unit_id === null ? undefined : await tx.get('partner_unit', said.partner_unit_id)
    await tx.put('seat', {
      id,
      ...said,
      title: said.title?.trim() || null,
      substitute: said.substitute?.trim() || null,
      unit_name: unit?.name ?? null,
      name: await holderName(tx, said.responder_id, holder),
    })
  },
  entities: a => [a.seat_id],
}
