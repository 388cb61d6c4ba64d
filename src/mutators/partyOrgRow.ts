import type { StoredRow } from '#db/db.ts'
import type { PartyPost } from '#domain/organisationRows.ts'
import type { Tx } from './tx.ts'

/** Posts in the order in which the server keeps them: the latest beginning first. */
export function sortPosts(posts: readonly PartyPost[]): PartyPost[] {
  return [...posts].sort((a, b) =>
    a.starts_on === b.starts_on ? (a.id < b.id ? -1 : 1) : (a.starts_on > b.starts_on ? -1 : 1))
}

/** The same posts, where those that `ends` picks end on `day`, or on the day they began if that is later. */
export function endPosts(posts: readonly PartyPost[], day: string, ends: (post: PartyPost) => boolean): PartyPost[] {
  return posts.map(p =>
    p.ends_on === null && ends(p) ? { ...p, ends_on: p.starts_on > day ? p.starts_on : day } : p)
}

/** Shows on a partner unit an organisation that it has, where the one shown is its own no more. */
export async function nameOrgOf(tx: Tx, unitId: string | null): Promise<void> {
  const unit = unitId === null ? undefined : await tx.get('partner_unit', unitId)
  if (!unit) return
  const formed = (await tx.all('party_org')).filter(o => o.partner_unit_id === unitId && o.state === 'formed')
  if (formed.some(o => o.name === unit.party_org_name)) return
  const [first] = formed.sort((a, b) => a.id < b.id ? -1 : 1)
  const party_org_name = first?.name ?? null
  if (party_org_name !== unit.party_org_name) await tx.patch('partner_unit', unit.id, { party_org_name })
}

/** The organisation to which a post belongs, if this phone has it. */
export async function orgOfPost(tx: Tx, postId: string): Promise<StoredRow<'party_org'> | undefined> {
  return (await tx.all('party_org')).find(o => o.posts.some(p => p.id === postId))
}

/** The name of a person as this phone knows it; what was typed where they stand on no list. */
export async function holderName(tx: Tx, responderId: string | null, holder: string | null): Promise<string> {
  const person = responderId === null ? undefined : await tx.get('responder_lead', responderId)
  return person?.name ?? holder?.trim() ?? ''
}
