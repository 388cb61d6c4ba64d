import type { Mutator } from './tx.ts'
import { isLive } from '#domain/partyTree.ts'
import { endPosts, holderName, sortPosts } from './partyOrgRow.ts'

/** Somebody takes a post of a party organisation; of a post that leads, who held it before steps down. */
export const setPartyPost: Mutator<'set_party_post'> = {
  v: 1,
  tables: ['party_org', 'responder_lead'],
  async run(tx, { party_post_id: id, party_org_id, post, responder_id, holder, starts_on }) {
    const org = await tx.get('party_org', party_org_id)
    if (!org) return tx.doubt('gone')
    if (org.posts.some(p => p.id === id)) return
    if (!isLive(org)) return tx.doubt('wrong_state')
    const name = await holderName(tx, responder_id, holder)
    const before = endPosts(org.posts, starts_on, p => post !== 'deputy' && p.post === post)
    const posts = sortPosts([...before, { id, post, name, responder_id, starts_on, ends_on: null }])
    await tx.patch('party_org', org.id, { posts })
  },
  entities: a => [a.party_org_id, a.party_post_id],
}
