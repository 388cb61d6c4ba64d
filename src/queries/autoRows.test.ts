import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, HOUR, iso, startOfDay } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'
import { autoRows } from './autoRows.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
const NOW = clock.now()
const FIRST = startOfDay(NOW) + DAY
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(() => db.delete())
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: { s: 1 }, community_id: 'c', ...row }))
const shift = (id: string, post_id: string, more: object = {}): Promise<unknown> => put('shift', {
  id, post_id, starts_at: iso(FIRST + 8 * HOUR), ends_at: iso(FIRST + 12 * HOUR), capacity: 2, held: 0, to_pick: 0,
  state: 'draft', callout_id: null, ...more,
})
const person = (id: string, kind: string, more: object = {}): Promise<unknown> => put('responder_lead', {
  id, kind, name: id, community_ids: ['c'], report_in: 'confirmed', state: 'active', night: 'yes', ...more,
})
const read = () => autoRows(db, 'c', FIRST, FIRST + 7 * DAY, NOW)

it('reads the empty places of drafts, and everybody who may be put there', async () => {
  await put('post', { id: 'walk', kind: 'patrol' })
  await shift('half', 'walk')
  await shift('full', 'walk', { capacity: 0 })
  await shift('open', 'walk', { state: 'open' })
  await put('draft_assignment', { id: 'd', shift_id: 'half', responder_id: 'a', name: 'a' })
  for (const [id, more] of [['a', {}], ['asked', { report_in: 'requested' }], ['paused', { state: 'paused' }]] as const)
    await person(id, 'volunteer', more)
  const rows = await read()
  expect(rows.shifts.map(s => [s.id, s.missing, s.level])).toEqual([['half', 1, 1]])
  expect(rows.people.map(p => p.id)).toEqual(['a'])
  expect(rows.turns.map(t => [t.shift_id, t.responder_id])).toEqual([['half', 'a']])
})

it('puts no courier on a gate (G2)', async () => {
  await put('post', { id: 'walk', kind: 'patrol' })
  await put('post', { id: 'gate', kind: 'gate' })
  await person('courier', 'new_employment')
  await person('neighbour', 'volunteer')
  await shift('rounds', 'walk')
  expect((await read()).people.map(p => p.id)).toEqual(['courier', 'neighbour'])
  await shift('at the gate', 'gate')
  expect((await read()).people.map(p => p.id)).toEqual(['neighbour'])
})
