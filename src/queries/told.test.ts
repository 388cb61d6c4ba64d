import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { callRows } from './callRows.ts'
import { touchedByEnd } from './told.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(async () => { await db.delete() })
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: {}, community_id: 'c', ...row }))
const person = (id: string, login: string, more: object = {}): Promise<unknown> =>
  put('responder_lead', { id, name: id, login, state: 'active', community_ids: ['c'], ...more })

it('the end of a call-out touches all who hold, wait for or were asked for a place', async () => {
  await Promise.all(['孙伟', '钱芳', '刘洋', '马超', '书记'].map(name => person(name, 'active')))
  await person('吴强', 'none')
  await put('me', { id: 'login', responder_id: '书记' })
  await put('shift', { id: 'runs', callout_id: 'k', state: 'open' })
  await put('shift', { id: 'gone', callout_id: 'k', state: 'cancelled' })
  await put('shift', { id: 'roster', callout_id: null, state: 'open' })
  const placed = [['孙伟', 'runs', 'accepted'], ['钱芳', 'runs', 'on_post'], ['吴强', 'runs', 'assigned'],
    ['书记', 'runs', 'accepted'], ['甲', 'runs', 'withdrawn'], ['乙', 'gone', 'accepted'], ['丙', 'roster', 'accepted']]
  await Promise.all(placed.map(([name, shift_id, state]) =>
    put('assignment', { id: `${name}${shift_id}`, responder_id: name, name, shift_id, state })))
  await put('waitlist_lead', { id: 'w', responder_id: '刘洋', name: '刘洋', shift_id: 'runs', state: 'waiting' })
  await put('offer_lead', { id: 'o', responder_id: '马超', name: '马超', callout_id: 'k', state: 'expired' })
  await put('offer_lead', { id: 'p', responder_id: '孙伟', name: '孙伟', callout_id: 'k', state: 'accepted' })
  await put('offer_lead', { id: 'q', responder_id: '丁', name: '丁', callout_id: 'k', state: 'declined' })
  const touched = await touchedByEnd(db, 'k')
  expect(touched.map(p => `${p.name}:${p.heard}`).sort()).toEqual([
    '书记:self',
    '刘洋:told',
    '吴强:call',
    '孙伟:told',
    '钱芳:told',
    '马超:told',
  ])
})

it('the call list counts the people of the community that no call-out asks', async () => {
  await person('吴强', 'none')
  await person('陈静', 'invited')
  await person('孙伟', 'active')
  await person('走了', 'none', { state: 'closed' })
  await person('别处', 'none', { community_ids: ['other'] })
  expect(await callRows(db, 'c', null)).toMatchObject({ rows: [], silent: 2 })
})
