import type { Mutator } from './tx.ts'
import { plainLine } from '#domain/dutyLine.ts'
import { holderName } from './partyOrgRow.ts'

/** A partner unit is added or changed. */
export const savePartnerUnit: Mutator<'save_partner_unit'> = {
  v: 1,
  tables: ['partner_unit', 'responder_lead'],
  async run(tx, { partner_unit_id: id, ...said }) {
    const old = await tx.get('partner_unit', id)
    const name = said.name.trim()
    const twin = (await tx.all('partner_unit')).some(u =>
      u.id !== id && u.keeper_id === said.keeper_id && u.name === name)
    if (old && old.merged_into !== null) return tx.doubt('wrong_state')
    if (twin) return tx.doubt('name_taken')
    const line = said.line?.trim() ? plainLine(said.line) : null
    if (said.line?.trim() && line === null) return tx.doubt('invalid')
    await tx.put('partner_unit', {
      id,
      ...said,
      name,
      line,
      address: said.address?.trim() || null,
      state: 'active',
      wall_code: said.kind === 'service_centre' ? old?.wall_code ?? null : null,
      contact_name: said.contact_id === null ? null : await holderName(tx, said.contact_id, null) || null,
      ended_on: null,
      merged_into: null,
      people: old?.people ?? 0,
      party_org_name: old?.party_org_name ?? null,
      liaisons: old?.liaisons ?? [],
    })
  },
  entities: a => [a.partner_unit_id],
}
