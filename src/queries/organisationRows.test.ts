import { beforeEach, expect, it } from 'vitest'
import { AppDb, permit } from '#db/db.ts'
import { councilRows, deskNames, organisationAround, organisationRows, partnerPage } from './organisationRows.ts'
import '../../tests/fakes/indexeddb.ts'

const ROWS: [Parameters<AppDb['raw']>[0], object[]][] = [
  ['org_unit', [
    { id: 'c', community_id: 'c', level: 'community', name: '梧桐里社区', parent_id: 's', sort: 0 },
    { id: 'e', community_id: 'c', level: 'estate', name: '梧桐苑', parent_id: 'c', sort: 0 },
    { id: 'b', community_id: 'c', level: 'building', name: '6栋', parent_id: 'e', sort: 0 },
    { id: 'd', community_id: 'd', level: 'community', name: '别的社区', parent_id: 's', sort: 0 },
  ]],
  ['party_org', [
    { id: 'o1', keeper_id: 'c', name: '东区支部', state: 'formed', partner_unit_id: 'u' },
    { id: 'o2', keeper_id: 'c', name: '旧支部', state: 'closed', partner_unit_id: 'u' },
    { id: 'o3', keeper_id: 'd', name: '别的支部', state: 'formed', partner_unit_id: null },
  ]],
  ['partner_unit', [
    { id: 'u', keeper_id: 'c', name: '三江物流', state: 'active', place_id: 'b' },
    { id: 'v', keeper_id: 'c', name: '第二中学', state: 'active', place_id: null },
    { id: 'w', keeper_id: 'c', name: '旧单位', state: 'ended', place_id: null },
    { id: 'x', keeper_id: 'd', name: '别的单位', state: 'active', place_id: null },
  ]],
  ['seat', [
    { id: 'k1', council_id: 'c', partner_unit_id: 'u', state: 'serving' },
    { id: 'k2', council_id: 'c', partner_unit_id: 'u', state: 'ended' },
    { id: 'k3', council_id: 'd', partner_unit_id: 'x', state: 'serving' },
  ]],
  ['party_gap', [{ id: 'g1', _v: { 'desk:c': 1 } }, { id: 'g2', _v: { 'desk:s': 1 } }]],
  ['callout', [
    { id: 'r1', community_id: 'c', state: 'open' }, { id: 'r2', community_id: 'c', state: 'stood_down' },
    { id: 'r3', community_id: 'd', state: 'open' },
  ]],
]
let db: AppDb
beforeEach(async () => {
  db = new AppDb(`o${Math.random()}`)
  await db.transaction('rw', ROWS.map(([tbl]) => tbl), async (tx) => {
    permit(tx)
    for (const [tbl, rows] of ROWS) await db.raw(tbl).bulkPut(rows.map(row => ({ _v: {}, ...row })) as never)
  })
})
const ids = (rows: readonly { id: string }[]): string[] => rows.map(r => r.id)

it('reads the desk of one node, and nothing of another', async () => {
  const { orgs, units, partners, gaps, callouts } = await organisationRows(db, 'c')
  expect([ids(orgs).sort(), ids(units).sort()]).toEqual([['o1', 'o2'], ['b', 'c', 'e']])
  expect(partners.map(u => u.name)).toEqual(['第二中学', '旧单位', '三江物流'])
  expect([ids(gaps), ids(callouts)]).toEqual([['g1'], ['r1']])
})

it('finds an organisation wherever it is kept', async () => {
  expect(ids((await organisationAround(db, 'o3'))!.orgs)).toEqual(['o3'])
  expect(await organisationAround(db, 'nobody')).toBeNull()
})

it('shows of a unit what is in force, and with which others it might be one', async () => {
  const page = await partnerPage(db, 'u')
  expect(page).toMatchObject({ unit: { id: 'u' }, place: '梧桐苑 6栋' })
  expect([ids(page!.orgs), ids(page!.seats), ids(page!.others)]).toEqual([['o1'], ['k1'], ['v']])
  expect(await partnerPage(db, 'nobody')).toBeNull()
})

it('reads a council with its empty chairs, and names for a choice without what has ended', async () => {
  expect(ids((await councilRows(db, 'c')).seats).sort()).toEqual(['k1', 'k2'])
  expect(await deskNames(db, 'c')).toEqual({ units: ['第二中学', '三江物流'], parties: ['东区支部'] })
})
