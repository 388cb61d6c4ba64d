import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { searchRows } from './searchRows.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: { s: 1 }, ...row }))
beforeEach(async () => {
  db = new AppDb(crypto.randomUUID())
  const unit = (id: string, level: string, name: string, parent_id: string | null): Promise<unknown> =>
    put('org_unit', { id, level, name, parent_id, community_id: id === 'x' ? 'd' : 'c', sort: 0 })
  await unit('c', 'community', '梧桐里社区', null)
  await unit('e', 'estate', '梧桐苑', 'c')
  await unit('b', 'building', '6栋', 'e')
  await unit('x', 'building', '6栋', null)
  const person = (id: string, more: object = {}): Promise<unknown> => put('responder_lead', {
    id, name: id, community_ids: ['c'], pinyin: 'p', initials: 'i', phone_tail: '5678', home_label: '梧桐苑 6栋',
    partner_unit_name: null, state: 'active', ...more,
  })
  await person('王建国')
  await person('走了', { state: 'closed' })
  await person('别处', { community_ids: ['d'] })
  await put('post', { id: 'p1', community_id: 'c', org_unit_id: 'b', name: '单元门岗', ended: false })
  await put('post', { id: 'p2', community_id: 'c', org_unit_id: 'b', name: '撤了的岗', ended: true })
  const partner = (id: string, keeper_id: string, state: string): Promise<unknown> =>
    put('partner_unit', { id, keeper_id, name: id, state, contact_name: '何静' })
  await partner('三江物流', 'c', 'active')
  await partner('搬走的', 'c', 'ended')
  await partner('街道的', 's', 'active')
  await put('party_org', { id: 'o1', keeper_id: 'c', name: '第一党支部', state: 'formed' })
  await put('party_org', { id: 'o2', keeper_id: 'c', name: '撤销的', state: 'closed' })
})
afterEach(() => db.delete())

it('looks through what the community has and still has, with what tells it apart', async () => {
  const rows = await searchRows(db, 'c', 'c')
  expect(rows.map(r => [r.kind, r.name, r.note, r.at]).sort()).toEqual([
    ['building', '梧桐苑 6栋', '', 'b'],
    ['building', '梧桐苑', '', 'e'],
    ['organisation', '第一党支部', '', null],
    ['person', '王建国', '梧桐苑 6栋', null],
    ['post', '单元门岗', '梧桐苑 6栋', 'b'],
    ['unit', '三江物流', '何静', null],
  ])
})

it('shows an officer, who stands in no community, the units of their own node alone', async () => {
  expect((await searchRows(db, null, 's')).map(r => r.name)).toEqual(['街道的'])
})
