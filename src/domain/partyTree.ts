import type { PartyGap, PartyOrg, PartyPost } from './organisationRows.ts'
import type { OrgUnit } from './rows.ts'
import type { PartyOrgKind, PartyPostKind } from './words.ts'
import { byName, orgTree } from './orgTree.ts'
import { atShanghai, daysBetween } from './time.ts'
import { PARTY_ORG_KINDS } from './words.ts'

/** Does the organisation exist still: proposed or formed, neither merged nor closed? SQL: private.is_live. */
export function isLive(org: Pick<PartyOrg, 'state'>): boolean {
  return org.state === 'proposed' || org.state === 'formed'
}

/** The post that leads an organisation of this kind: 组长 of a 党小组, 书记 of all others. SQL: private.leading_post. */
export function leadingPost(kind: PartyOrgKind): Exclude<PartyPostKind, 'deputy'> {
  return kind === 'group' ? 'group_leader' : 'secretary'
}

/** Who holds a post now; of deputies there may be several. */
export function holdersOf(org: Pick<PartyOrg, 'posts'>, post: PartyPostKind): PartyPost[] {
  return org.posts.filter(p => p.post === post && p.ends_on === null)
}

/** A leading post that nobody holds; `since` null: this phone does not know since when. */
export interface Vacancy { post: Exclude<PartyPostKind, 'deputy'>, since: string | null }

/**
 * The vacancy of an organisation, or null: it is led, or it is one that is only proposed, has ended, or ends with its
 * call-out. SQL: projection.party_gap, which knows the day of the record where no day was given.
 */
export function vacancyOf(org: Pick<PartyOrg, 'state' | 'kind' | 'posts' | 'formed_on'>): Vacancy | null {
  if (org.state !== 'formed' || org.kind === 'temporary') return null
  const post = leadingPost(org.kind)
  const leaders = org.posts.filter(p => p.post === post)
  if (leaders.some(p => p.ends_on === null)) return null
  const last = leaders.map(p => p.ends_on ?? '').sort().at(-1)
  return { post, since: last ?? org.formed_on }
}

/** How many days something has been missing on the day `today`. */
export function vacantDays(since: string, today: string): number {
  return Math.max(0, daysBetween(atShanghai(since), atShanghai(today)))
}

/** An organisation with those below it. */
export interface PartyNode { org: PartyOrg, children: PartyNode[] }

/** Widest kinds first, then by name: a fixed order, in which nobody is ranked. */
function inOrder(orgs: readonly PartyOrg[]): PartyOrg[] {
  const place = (o: PartyOrg): number => PARTY_ORG_KINDS.indexOf(o.kind)
  return [...orgs].sort((a, b) => place(a) - place(b) || byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}

/** The tree of organisations; one whose parent is not among them is a root, as below a 党工委 that the street keeps. */
export function partyTree(orgs: readonly PartyOrg[]): PartyNode[] {
  const known = new Set(orgs.map(o => o.id))
  const seen = new Set<string>()
  const node = (org: PartyOrg): PartyNode => {
    seen.add(org.id)
    const below = inOrder(orgs.filter(o => o.parent_id === org.id && !seen.has(o.id)))
    return { org, children: below.map(node) }
  }
  const tree = inOrder(orgs.filter(o => o.parent_id === null || !known.has(o.parent_id))).map(node)
  // a circle in bad data has no root: its first one becomes one, so that none is lost
  for (const org of inOrder(orgs)) {
    if (!seen.has(org.id)) tree.push(node(org))
  }
  return tree
}

/** The ids of an organisation and of all below it: none of them can be its parent. */
export function lineBelow(orgs: readonly Pick<PartyOrg, 'id' | 'parent_id'>[], id: string): Set<string> {
  const line = new Set([id])
  for (let size = 0; size < line.size;) {
    size = line.size
    for (const o of orgs) {
      if (o.parent_id !== null && line.has(o.parent_id)) line.add(o.id)
    }
  }
  return line
}

/** The members of an organisation and of all below it. */
export function membersIn(node: PartyNode): number {
  return node.children.reduce((sum, child) => sum + membersIn(child), node.org.members)
}

/** How long an organisation that ended stays in the tree, in days; its page and those of others tell of it for good. */
const SHOWN_AFTER_END = 90

/** The organisations that a tree shows: those that exist, and those that ended lately. */
export function shownOrgs<O extends PartyOrg>(orgs: readonly O[], today: string): O[] {
  return orgs.filter(o => isLive(o) || (o.ended_on !== null && vacantDays(o.ended_on, today) < SHOWN_AFTER_END))
}

/**
 * What is missing. grid: no branch looks after it; leader: nobody leads `org`; buildings: these have no 党小组, by
 * estate, null where they lie in none. `since` null: this phone does not know since when.
 */
export type Gap =
  | { kind: 'grid', grid: OrgUnit, since: string | null }
  | { kind: 'leader', org: PartyOrg } & Vacancy
  | { kind: 'buildings', estate: { id: string, name: string } | null, buildings: OrgUnit[] }

const BRANCHES: readonly PartyOrgKind[] = ['committee', 'general_branch', 'branch', 'joint_branch']

const placesOf = (o: PartyOrg): string[] => o.org_unit_id === null ? o.covers : [o.org_unit_id, ...o.covers]

/** The places that formed organisations of these kinds hang on or look after. */
function served(orgs: readonly PartyOrg[], kinds: readonly PartyOrgKind[]): Set<string> {
  return new Set(orgs.filter(o => o.state === 'formed' && kinds.includes(o.kind)).flatMap(placesOf))
}

/** A grid has a branch when one hangs on it or looks after it, or when each of its estates has one. */
function gridGaps(orgs: readonly PartyOrg[], units: readonly OrgUnit[]): Gap[] {
  const has = served(orgs, BRANCHES)
  const inside = (grid: OrgUnit): OrgUnit[] => units.filter(u => u.level === 'estate' && u.parent_id === grid.id)
  const isServed = (grid: OrgUnit): boolean =>
    has.has(grid.id) || (inside(grid).length > 0 && inside(grid).every(e => has.has(e.id)))
  const lastEnd = (grid: OrgUnit): string | null => orgs
    .filter(o => BRANCHES.includes(o.kind) && placesOf(o).includes(grid.id))
    .flatMap(o => o.ended_on ?? [])
    .sort()
    .at(-1) ?? null
  return units.filter(u => u.level === 'grid' && !isServed(u))
    .sort((a, b) => a.sort - b.sort || byName(a.name, b.name))
    .map(grid => ({ kind: 'grid', grid, since: lastEnd(grid) }))
}

/** Buildings without a 党小组, where the community has any: one hangs on it or on its estate, or looks after either. */
function buildingGaps(orgs: readonly PartyOrg[], units: readonly OrgUnit[]): Gap[] {
  const has = served(orgs, ['group'])
  if (has.size === 0) return []
  const tree = orgTree(units)
  const bare = units.filter(u => u.level === 'building' && !has.has(u.id))
    .map(building => ({ building, estate: tree.at(building.id, 'estate') ?? null }))
    .filter(({ estate }) => estate === null || !has.has(estate.id))
  const estates = [...new Map(bare.map(b => [b.estate?.id ?? '', b.estate])).values()]
    .sort((a, b) => byName(a?.name ?? '', b?.name ?? ''))
  return estates.map((estate) => {
    const buildings = bare.filter(b => b.estate?.id === estate?.id).map(b => b.building)
    return {
      kind: 'buildings',
      estate: estate && { id: estate.id, name: estate.name },
      buildings: buildings.sort((a, b) => a.sort - b.sort || byName(a.name, b.name)),
    }
  })
}

/** Everything that is missing in a node, grids first; nothing where it keeps no organisations at all. */
export function gapsOf(orgs: readonly PartyOrg[], units: readonly OrgUnit[]): Gap[] {
  if (!orgs.some(o => o.state === 'formed')) return []
  const leaders = inOrder(orgs).flatMap((org): Gap[] => {
    const vacancy = vacancyOf(org)
    return vacancy ? [{ kind: 'leader', org, ...vacancy }] : []
  })
  return [...gridGaps(orgs, units), ...leaders, ...buildingGaps(orgs, units)]
}

/** From how many days on the street above sees that nobody leads an organisation of a community. */
export const STREET_SEES = 30

/** The vacancies of communities that the street above sees, by community and name. */
export function streetGaps<G extends PartyGap>(gaps: readonly G[], today: string): G[] {
  return gaps.filter(g => vacantDays(g.since, today) >= STREET_SEES)
    .sort((a, b) => byName(a.community_name, b.community_name) || byName(a.name, b.name))
}
