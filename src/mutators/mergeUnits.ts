import type { PartnerUnit } from '#domain/organisationRows.ts'
import type { Mutator, Tx } from './tx.ts'
import { dayKey, ms } from '#domain/time.ts'

/** Gives the organisations, seats and people of one unit to another, as far as this phone shows them. */
async function moveUnit(tx: Tx, from: PartnerUnit, into: PartnerUnit): Promise<void> {
  for (const org of await tx.all('party_org')) {
    if (org.partner_unit_id === from.id) await tx.patch('party_org', org.id, { partner_unit_id: into.id })
  }
  for (const seat of await tx.all('seat')) {
    if (seat.partner_unit_id !== from.id) continue
    await tx.patch('seat', seat.id, { partner_unit_id: into.id, unit_name: into.name })
  }
  for (const person of await tx.all('responder_lead')) {
    // another community may have a unit of this name
    if (person.partner_unit_name !== from.name || !person.community_ids.includes(from.keeper_id)) continue
    await tx.patch('responder_lead', person.id, { partner_unit_name: into.name })
  }
}

/** Two records of one partner unit become one. */
export const mergeUnits: Mutator<'merge_units'> = {
  v: 1,
  tables: ['partner_unit', 'party_org', 'seat', 'responder_lead'],
  async run(tx, { partner_unit_id, into_id }, ctx) {
    const from = await tx.get('partner_unit', partner_unit_id)
    const into = await tx.get('partner_unit', into_id)
    if (!from || !into) return tx.doubt('gone')
    if (from.merged_into === into_id) return
    if (into.state !== 'active' || into.id === from.id || into.keeper_id !== from.keeper_id)
      return tx.doubt('invalid')
    if (from.state !== 'active') return tx.doubt('wrong_state')
    await moveUnit(tx, from, into)
    await tx.patch('partner_unit', into_id, {
      kind: into.kind === 'unknown' ? from.kind : into.kind,
      address: into.address ?? from.address,
      place_id: into.place_id ?? from.place_id,
      line: into.line ?? from.line,
      contact_id: into.contact_id ?? from.contact_id,
      contact_name: into.contact_name ?? from.contact_name,
      people: into.people + from.people,
      party_org_name: into.party_org_name ?? from.party_org_name,
      liaisons: [...into.liaisons, ...from.liaisons],
    })
    await tx.patch('partner_unit', partner_unit_id, {
      state: 'ended',
      ended_on: dayKey(ms(ctx.now)),
      merged_into: into_id,
      people: 0,
      party_org_name: null,
      liaisons: [],
    })
  },
  entities: a => [a.partner_unit_id, a.into_id],
}
