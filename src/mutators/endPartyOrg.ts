import type { Mutator } from './tx.ts'
import { isLive } from '#domain/partyTree.ts'
import { dayKey, ms } from '#domain/time.ts'
import { endPosts, nameOrgOf } from './partyOrgRow.ts'

/** A party organisation is closed, or merged into another one, which gets its members. */
export const endPartyOrg: Mutator<'end_party_org'> = {
  v: 1,
  tables: ['party_org', 'partner_unit'],
  async run(tx, { party_org_id: id, into_id }, ctx) {
    const org = await tx.get('party_org', id)
    if (!org) return tx.doubt('gone')
    if (!isLive(org)) return
    const all = await tx.all('party_org')
    if (all.some(o => o.parent_id === id && isLive(o))) return tx.doubt('in_use')
    const heir = all.find(o => o.id === (into_id ?? org.parent_id))
    if (into_id !== null && !(heir && heir.id !== id && heir.keeper_id === org.keeper_id && isLive(heir)))
      return tx.doubt('invalid')
    const day = dayKey(ms(ctx.now))
    if (heir) await tx.patch('party_org', heir.id, { members: heir.members + org.members })
    await tx.patch('party_org', id, {
      state: into_id === null ? 'closed' : 'merged',
      merged_into: into_id,
      ended_on: day,
      members: 0,
      posts: endPosts(org.posts, day, () => true),
    })
    await nameOrgOf(tx, org.partner_unit_id)
  },
  entities: a => [a.party_org_id],
}
