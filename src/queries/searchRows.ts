import type { AppDb } from '#db/db.ts'
import type { HitKind } from '#domain/searchRank.ts'
import { byName, orgTree, placeLabel } from '#domain/orgTree.ts'
import { isLive } from '#domain/partyTree.ts'

/**
 * Something a search may find. `note` tells it from others of the same name. `at`: the unit of the tree that shows it,
 * if it has no page of its own. `spelled`: the server has sent its pinyin, as it does for people.
 */
export interface SearchRow {
  id: string, kind: HitKind, name: string, note: string, at: string | null, pinyin: string, initials: string
  tail: string | null, spelled: boolean
}

const UNSPELLED = { pinyin: '', initials: '', tail: null, spelled: false } as const

/**
 * Everything that one search looks through: people, buildings and posts of a community, and the units and organisations
 * of the node that keeps them; in a fixed order by name. What this phone does not hold it does not find.
 */
export async function searchRows(db: AppDb, community: string | null, keeper: string | null): Promise<SearchRow[]> {
  const [people, units, posts, partners, orgs] = await Promise.all([
    db.rows('responder_lead').toArray(),
    db.rows('org_unit').toArray(),
    db.rows('post').toArray(),
    db.rows('partner_unit').toArray(),
    db.rows('party_org').toArray(),
  ])
  const own = units.filter(u => u.community_id === community && u.id !== community)
  const tree = orgTree(own)
  const here = (ids: readonly string[]): boolean => community !== null && ids.includes(community)
  const rows: SearchRow[] = [
    ...people.filter(p => here(p.community_ids) && p.state !== 'closed').map((p): SearchRow => ({
      id: p.id, kind: 'person', name: p.name, note: [p.home_label, p.partner_unit_name].filter(Boolean).join(' · '),
      at: null, pinyin: p.pinyin, initials: p.initials, tail: p.phone_tail, spelled: true,
    })),
    ...own.map((u): SearchRow =>
      ({ ...UNSPELLED, id: u.id, kind: 'building', name: placeLabel(tree, u.id), note: '', at: u.id })),
    ...posts.filter(p => here([p.community_id]) && !p.ended).map(({ id, name, org_unit_id: at }): SearchRow =>
      ({ ...UNSPELLED, id, kind: 'post', name, note: placeLabel(tree, at), at })),
    ...partners.filter(u => u.keeper_id === keeper && u.state === 'active').map((u): SearchRow =>
      ({ ...UNSPELLED, id: u.id, kind: 'unit', name: u.name, note: u.contact_name ?? '', at: null })),
    ...orgs.filter(o => o.keeper_id === keeper && isLive(o)).map((o): SearchRow =>
      ({ ...UNSPELLED, id: o.id, kind: 'organisation', name: o.name, note: '', at: null })),
  ]
  return rows.sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}
