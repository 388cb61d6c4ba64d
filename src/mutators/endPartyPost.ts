import type { Mutator } from './tx.ts'
import { orgOfPost } from './partyOrgRow.ts'

/** A post of a party organisation ends. */
export const endPartyPost: Mutator<'end_party_post'> = {
  v: 1,
  tables: ['party_org'],
  async run(tx, { party_post_id, ends_on }) {
    const org = await orgOfPost(tx, party_post_id)
    if (!org) return tx.doubt('gone')
    const held = org.posts.find(p => p.id === party_post_id && p.ends_on === null)
    if (!held) return
    if (ends_on < held.starts_on) return tx.doubt('invalid')
    await tx.patch('party_org', org.id, { posts: org.posts.map(p => p === held ? { ...p, ends_on } : p) })
  },
  entities: a => [a.party_post_id],
}
