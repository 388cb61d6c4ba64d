import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { intentAbout } from './intentAbout.ts'
import { messageRows } from './messageRows.ts'
import { queueRows } from './queueRows.ts'
import '../../tests/fakes/indexeddb.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const span = { starts_at: '2026-11-23T12:00:00Z', ends_at: '2026-11-23T15:00:00Z' }
let db: AppDb
const put = (tbl: SyncedTable | 'outbox', row: object): Promise<unknown> => writing(
  db,
  tbl === 'outbox' ? [] : [tbl],
  async () => void await db.table(tbl).put({ _v: {}, community_id: 'c', ...row }),
)
beforeEach(async () => {
  db = new AppDb(crypto.randomUUID())
  await put('org_unit', { id: 'estate', level: 'estate', name: '梧桐苑', parent_id: null, sort: 1 })
  await put('org_unit', { id: 'b3', level: 'building', name: '3栋', parent_id: 'estate', sort: 3 })
  await put('post', { id: 'door', org_unit_id: 'b3', name: '单元门岗' })
  await put('shift', { id: 's', post_id: 'door', org_unit_id: 'b3', state: 'open', ...span })
  await put('assignment', { id: 'a', shift_id: 's', name: '王建国', state: 'accepted', ...span })
  await put('callout', { id: 'k', title: '寒潮冰冻', state: 'open', kind: 'real' })
  await put('ladder', { id: 'l', callout_id: 'k', rungs: [] })
})
afterEach(() => db.delete())

const HERE = { place_name: '梧桐苑 3栋', post_name: '单元门岗', ...span }

it.each([
  ['a shift', { shift_id: 's' }],
  ['somebody on it', { assignment_id: 'a' }],
])('names building with estate, post and span of %s', async (_name, ids) => {
  expect(await intentAbout(db, ids)).toEqual({ place: HERE, title: null })
})
it('names the call-out of an intent that is about no shift, and says nothing of one it cannot know', async () => {
  expect(await intentAbout(db, { callout_id: 'k' })).toEqual({ place: null, title: '寒潮冰冻' })
  expect(await intentAbout(db, { ladder_id: 'l', as_of: 2 })).toEqual({ place: null, title: '寒潮冰冻' })
  expect(await intentAbout(db, { shift_id: 'gone' })).toEqual({ place: null, title: null })
  expect(await intentAbout(db, null)).toEqual({ place: null, title: null })
})
it('gives every line of the queue its place, unsent and refused', async () => {
  const line = { device_at: new Date(now).toISOString(), state: 'pending', attempts: 0, entities: [] }
  await put('outbox', { seq: 1, id: 'm1', name: 'unassign', args: { assignment_id: 'a' }, ...line })
  await put('verdict', { id: 'm0', name: 'accept_shift', code: 'full', args: { shift_id: 's' }, at: line.device_at })
  const { about } = await queueRows(db)
  expect(about.get('m1')?.place).toEqual(HERE)
  expect(about.get('m0')?.place).toEqual(HERE)
})
it('names a dead letter and an event by building and estate', async () => {
  await put('dead_letter', { id: 'd', name: 'check_in', about: { assignment_id: 'a' }, at: span.starts_at })
  await put('lead_event', { id: 'e', kind: 'not_arrived', shift_id: 's', at: span.starts_at })
  const places = (await messageRows(db, now)).map(m => 'place' in m ? m.place?.place_name : null)
  expect(places).toEqual(['梧桐苑 3栋', '梧桐苑 3栋'])
})
