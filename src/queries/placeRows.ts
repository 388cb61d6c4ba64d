import type { AppDb, StoredRow } from '#db/db.ts'
import type { OrgLevel } from '#domain/words.ts'
import { byName, orgTree, placeLabel } from '#domain/orgTree.ts'

/** The grids, estates and buildings of a community, and its posts that were not given up, each in its fixed order. */
export interface PlaceRows { units: StoredRow<'org_unit'>[], posts: StoredRow<'post'>[] }

/** Reads the places of a community. */
export async function placeRows(db: AppDb, community_id: string): Promise<PlaceRows> {
  const [units, posts] = await Promise.all([db.rows('org_unit').toArray(), db.rows('post').toArray()])
  return {
    units: units.filter(u => u.community_id === community_id).sort((a, b) => a.sort - b.sort || byName(a.name, b.name)),
    posts: posts.filter(p => p.community_id === community_id && !p.ended).sort((a, b) => byName(a.name, b.name)),
  }
}

/** The buildings of a community with the names that cards show, for a choice. */
export async function buildingChoices(db: AppDb, community_id: string): Promise<{ value: string, label: string }[]> {
  const { units } = await placeRows(db, community_id)
  const tree = orgTree(units)
  return units.filter(u => u.level === 'building')
    .map(u => ({ value: u.id, label: placeLabel(tree, u.id) }))
    .sort((a, b) => byName(a.label, b.label))
}

/** What a template may offer in the fields of a community's places and people, by field, each word once. */
export async function templateChoices(db: AppDb, community_id: string): Promise<Record<string, string[]>> {
  const [{ units }, people, partners, orgs] = await Promise.all([
    placeRows(db, community_id), db.rows('responder_lead').toArray(), db.rows('partner_unit').toArray(),
    db.rows('party_org').toArray(),
  ])
  const own = people.filter(p => p.community_ids.includes(community_id))
  const kept = partners.filter(p => p.keeper_id === community_id && p.state === 'active')
  const formed = orgs.filter(o => o.keeper_id === community_id && (o.state === 'formed' || o.state === 'proposed'))
  const words = (all: readonly (string | null)[]): string[] =>
    [...new Set(all)].flatMap(word => word || []).sort(byName)
  const named = (level: OrgLevel): string[] => words(units.filter(u => u.level === level).map(u => u.name))
  const tree = orgTree(units)
  return {
    grid: named('grid'),
    estate: named('estate'),
    building: named('building'),
    place: words(units.map(u => placeLabel(tree, u.id))),
    partner_unit: words([...own.map(p => p.partner_unit_name), ...kept.map(u => u.name)]),
    unit: words(kept.map(u => u.name)),
    party_org: words([...own.map(p => p.party_org_name), ...formed.map(o => o.name)]),
    parent: words(formed.map(o => o.name)),
  }
}
