import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { HOUR, iso, ms } from '#domain/time.ts'
import { todayNeeds } from '#domain/todayNeeds.ts'
import { needsToday, todayRows } from './todayRows.ts'
import { waitingReports } from './waitingReports.ts'
import '../../tests/fakes/indexeddb.ts'

/** A Tuesday, 14:30 in Shanghai. */
const now = ms('2026-12-08T06:30:00Z')
const at = (hours: number): string => iso(now + hours * HOUR)
let db: AppDb
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: { s: 1 }, community_id: 'c', ...row }))
const me = (roles: string[], unit = 'c'): Promise<unknown> => put('me', {
  id: 'l', responder_id: 'me', roles, skills: [],
  memberships: [{ org_unit_id: unit, level: 'community', name: '梧桐里', roles, report_in: null }],
})
const shift = (id: string, unit: string, from: number, more: object = {}): Promise<unknown> => put('shift', {
  id, post_id: 'p', org_unit_id: unit, roster_id: 'r', callout_id: null, starts_at: at(from), ends_at: at(from + 3),
  capacity: 1, filled: 0, held: 0, to_pick: 0, state: 'open', ...more,
})
beforeEach(async () => {
  db = new AppDb(crypto.randomUUID())
  await put('org_unit', { id: 'c', level: 'community', name: '梧桐里', parent_id: null, sort: 0 })
  for (const id of ['b1', 'b2']) await put('org_unit', { id, level: 'building', name: id, parent_id: 'c', sort: 0 })
  await put('post', { id: 'p', name: '单元门岗' })
})
afterEach(() => db.delete())

it('shows a coordinator all of the community, and nothing of another', async () => {
  await me(['coordinator'])
  await shift('one', 'b1', 4)
  await shift('two', 'b2', 5)
  await shift('elsewhere', 'x', 4, { community_id: 'd' })
  await put('report_lead', { id: 'r', state: 'requested', at: at(-1), name: '许国平', unit: null, number: 'BD1' })
  expect(todayNeeds(await todayRows(db, 'c', now)).map(n => n.key)).toEqual(['gap one', 'gap two', 'reports'])
  expect(await needsToday(db, 'c', now)).toBe(3)
  expect(await waitingReports(db, 'c')).toBe(1)
})

it('shows somebody who leads one building that building alone', async () => {
  await me(['building_lead'], 'b2')
  await shift('one', 'b1', 4)
  await shift('two', 'b2', 5)
  await put('report_lead', { id: 'r', state: 'requested', at: at(-1), name: '许国平', unit: null, number: 'BD1' })
  expect(todayNeeds(await todayRows(db, 'c', now)).map(n => n.key)).toEqual(['gap two'])
  expect(await waitingReports(db, 'c'), 'which they cannot confirm').toBe(0)
})

it('finds a place to pick weeks ahead by its notice', async () => {
  await me(['coordinator'])
  await shift('far', 'b1', 500, { held: 1, to_pick: 1 })
  await shift('unknown', 'b1', 400, { held: 1, to_pick: 0 })
  for (const shift_id of ['far', 'unknown', 'gone'])
    await put('my_notice', { id: shift_id, kind: 'to_pick', shift_id, subject_id: shift_id, state: 'new', at: at(-1) })
  expect(todayNeeds(await todayRows(db, 'c', now)).map(n => n.key)).toEqual(['to_pick far'])
})

it('knows who hears no reminder', async () => {
  await me(['coordinator'])
  await shift('one', 'b1', 4)
  for (const [id, login] of [['paper', 'none'], ['phone', 'active']] as const) {
    await put('responder_lead', { id, login, name: id, community_ids: ['c'] })
    await put('assignment', {
      id: `a-${id}`, shift_id: 'one', responder_id: id, name: id, state: 'accepted', starts_at: at(4), ends_at: at(7),
    })
  }
  expect([...(await todayRows(db, 'c', now)).silent]).toEqual(['paper'])
})
