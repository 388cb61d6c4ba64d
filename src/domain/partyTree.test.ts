import type { PartyGap, PartyOrg, PartyPost } from './organisationRows.ts'
import type { PartyNode } from './partyTree.ts'
import { describe, expect, it } from 'vitest'
import {
  gapsOf, holdersOf, leadingPost, lineBelow, membersIn, partyTree, shownOrgs, streetGaps, vacancyOf, vacantDays,
} from './partyTree.ts'
import { UNITS } from './testing/tree.ts'

const TODAY = '2026-12-08'
const org = (id: string, more: Partial<PartyOrg> = {}): PartyOrg => ({
  id, keeper_id: 'c', name: id, kind: 'branch', state: 'formed', org_unit_id: 'c', partner_unit_id: null,
  parent_id: null, callout_id: null, formed_on: '2021-06-11', ended_on: null, merged_into: null, covers: [], members: 0,
  posts: [], ...more,
})
const post = (name: string, ends_on: string | null, more: Partial<PartyPost> = {}): PartyPost => ({
  id: name, post: 'secretary', name, responder_id: null, starts_on: '2024-01-01', ends_on, ...more,
})
const led = { posts: [post('林岚', null)] }
const names = (nodes: PartyNode[]): unknown[] =>
  nodes.map(n => n.children.length ? [n.org.name, ...names(n.children)] : n.org.name)

describe('the tree', () => {
  it('hangs each below its parent, the widest kinds first, then by name', () => {
    const orgs = [
      org('10组', { parent_id: 'a', kind: 'group' }), org('2组', { parent_id: 'a', kind: 'group' }),
      org('a', { parent_id: 'top', name: '东区支部' }), org('b', { parent_id: 'top', name: '北区支部' }),
      org('top', { kind: 'committee', name: '社区党委' }),
    ]
    expect(names(partyTree(orgs))).toEqual([['社区党委', '北区支部', ['东区支部', '2组', '10组']]])
  })
  it('makes a root of one whose parent this phone does not know', () => {
    expect(names(partyTree([org('a', { parent_id: 'of the street' }), org('b', { parent_id: 'a' })])))
      .toEqual([['a', 'b']])
  })
  it('loses none where bad data makes a circle', () => {
    const circle = [org('a', { parent_id: 'b' }), org('b', { parent_id: 'a' }), org('c')]
    expect(names(partyTree(circle))).toEqual(['c', ['a', 'b']])
    expect([...lineBelow(circle, 'a')].sort()).toEqual(['a', 'b'])
  })
  it('counts the members of all that lie below', () => {
    const [root] = partyTree([org('a', { members: 3 }), org('b', { parent_id: 'a', members: 5 })])
    expect(membersIn(root!)).toBe(8)
  })
  it('knows what cannot be the parent of an organisation: itself and what lies below', () => {
    const orgs = [org('a'), org('c', { parent_id: 'b' }), org('b', { parent_id: 'a' }), org('d')]
    expect([...lineBelow(orgs, 'a')].sort()).toEqual(['a', 'b', 'c'])
  })
  it('shows one that ended for three months', () => {
    const ended = (day: string): PartyOrg => org(day, { state: 'closed', ended_on: day })
    const orgs = [org('a', { state: 'proposed' }), ended('2026-09-10'), ended('2026-09-09')]
    expect(shownOrgs(orgs, TODAY).map(o => o.id)).toEqual(['a', '2026-09-10'])
  })
})

describe('a vacancy', () => {
  it('lasts since the last holder left, else since the organisation was formed', () => {
    const posts = [post('a', '2026-10-30'), post('b', '2023-12-31'), post('c', null, { post: 'deputy' })]
    expect(vacancyOf(org('x', { posts }))).toEqual({ post: 'secretary', since: '2026-10-30' })
    expect(vacancyOf(org('x'))).toEqual({ post: 'secretary', since: '2021-06-11' })
    expect(vacancyOf(org('x', { formed_on: null }))).toEqual({ post: 'secretary', since: null })
    expect(holdersOf({ posts }, 'deputy').map(p => p.name)).toEqual(['c'])
  })
  it('of a group is that of its group leader', () => {
    expect(leadingPost('group')).toBe('group_leader')
    expect(vacancyOf(org('x', { kind: 'group', ...led }))).toMatchObject({ post: 'group_leader' })
  })
  it.each<[string, Partial<PartyOrg>]>([
    ['is led', led], ['is proposed', { state: 'proposed' }], ['was closed', { state: 'closed', ended_on: TODAY }],
    ['ends with its call-out', { kind: 'temporary', callout_id: 'k' }],
  ])('is none of one that %s', (_, more) => {
    expect(vacancyOf(org('x', more))).toBeNull()
  })
  it('is counted in whole days', () => {
    expect(vacantDays('2026-10-30', TODAY)).toBe(39)
    expect(vacantDays('2026-12-09', TODAY)).toBe(0)
  })
})

describe('gaps', () => {
  const ofKind = (orgs: PartyOrg[], kind: string): unknown[] => gapsOf(orgs, UNITS).filter(g => g.kind === kind)

  it('are none where a node keeps no organisations yet', () => {
    expect(gapsOf([], UNITS)).toEqual([])
    expect(gapsOf([org('x', { state: 'proposed' })], UNITS)).toEqual([])
  })
  it('name a grid without a branch, and since when where one of it ended', () => {
    const top = org('top', { kind: 'committee', ...led })
    const was = org('was', { org_unit_id: 'g', state: 'closed', ended_on: '2026-10-28' })
    expect(ofKind([top], 'grid')).toMatchObject([{ grid: { id: 'g' }, since: null }])
    expect(ofKind([top, was], 'grid')).toMatchObject([{ grid: { id: 'g' }, since: '2026-10-28' }])
  })
  it.each<[string, Partial<PartyOrg>, number]>([
    ['hangs on it', { org_unit_id: 'g' }, 0],
    ['looks after it', { covers: ['g'] }, 0],
    ['hangs on its only estate', { org_unit_id: 'e2' }, 0],
    ['hangs on another estate', { org_unit_id: 'e1' }, 1],
    ['is only proposed', { org_unit_id: 'g', state: 'proposed' }, 1],
    ['is a group', { org_unit_id: 'g', kind: 'group' }, 1],
  ])('a grid has its branch when one %s', (_, more, n) => {
    expect(ofKind([org('top', { kind: 'committee' }), org('x', more)], 'grid')).toHaveLength(n)
  })
  it('name buildings without a group by estate, where there is any group', () => {
    const group = (more: Partial<PartyOrg>): PartyOrg => org('x', { kind: 'group', ...more })
    expect(ofKind([org('top')], 'buildings')).toEqual([])
    expect(ofKind([group({ org_unit_id: 'e1b1', covers: ['e1b3'] })], 'buildings')).toMatchObject([
      { estate: { id: 'e2', name: '宁和家园' }, buildings: [{ name: '1栋' }, { name: '2栋' }, { name: '3栋' }] },
      { estate: { id: 'e1' }, buildings: [{ id: 'e1b2' }] },
    ])
    expect(ofKind([group({ org_unit_id: 'e1', covers: ['e2'] })], 'buildings')).toEqual([])
  })
  it('come grids first, then leaders, then buildings', () => {
    const orgs = [org('a', { kind: 'group', org_unit_id: 'e1' }), org('b', led)]
    expect(gapsOf(orgs, UNITS).map(g => g.kind)).toEqual(['grid', 'leader', 'buildings'])
  })
  it('reach the street above from thirty days on, by community', () => {
    const gap = (id: string, community_name: string, since: string): PartyGap =>
      ({ id, community_id: id, community_name, name: '支部', kind: 'branch', since })
    const gaps = [gap('a', '乙社区', '2026-11-08'), gap('b', '甲社区', '2026-11-01'), gap('c', '丙社区', '2026-11-09')]
    expect(streetGaps(gaps, TODAY).map(g => g.id)).toEqual(['b', 'a'])
  })
})
