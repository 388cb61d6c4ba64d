import type { Mutator } from './tx.ts'
import { isLive } from '#domain/partyTree.ts'
import { nameOrgOf } from './partyOrgRow.ts'

/** 成立党组织, or a change of one. */
export const savePartyOrg: Mutator<'save_party_org'> = {
  v: 1,
  tables: ['party_org', 'partner_unit'],
  async run(tx, { party_org_id: id, ...said }) {
    const old = await tx.get('party_org', id)
    const name = said.name.trim()
    const twin = (await tx.all('party_org')).some(o => o.id !== id && o.keeper_id === said.keeper_id
      && o.parent_id === said.parent_id && o.name === name && isLive(o))
    if (old && !isLive(old)) return tx.doubt('wrong_state')
    if (twin) return tx.doubt('name_taken')
    await tx.put('party_org', {
      id,
      ...said,
      name,
      covers: [...new Set(said.covers)].sort(),
      ended_on: null,
      merged_into: null,
      members: old?.members ?? 0,
      posts: old?.posts ?? [],
    })
    await nameOrgOf(tx, said.partner_unit_id)
    if (old && old.partner_unit_id !== said.partner_unit_id) await nameOrgOf(tx, old.partner_unit_id)
  },
  entities: a => [a.party_org_id],
}
