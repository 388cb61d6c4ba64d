import { beforeEach, expect, it } from 'vitest'
import { AppDb, permit } from '#db/db.ts'
import { HOUR } from '#domain/time.ts'
import { assignmentsBetween, hoursByPerson, shiftsBetween } from './rosterRows.ts'
import '../../tests/fakes/indexeddb.ts'

const FROM = Date.UTC(2026, 10, 22, 16)
let db: AppDb
beforeEach(async () => {
  db = new AppDb(`w${Math.random()}`)
  const rows = [
    ['on the first minute, from the server', '2026-11-22T16:00:00+00:00'],
    ['from this phone', '2026-11-22T16:00:00.000Z'],
    ['last', '2026-11-23T15:59:59+00:00'],
    ['too late', '2026-11-23T16:00:00+00:00'],
    ['too early', '2026-11-22T15:59:59.999Z'],
  ]
  await db.transaction('rw', ['shift', 'assignment'], async (tx) => {
    permit(tx)
    for (const [id, starts_at] of rows) {
      for (const tbl of ['shift', 'assignment'] as const)
        await db.raw(tbl).put({ id, community_id: 'c', shift_id: id, starts_at, _v: {} } as never)
    }
  })
})

it.each([['shifts', shiftsBetween], ['assignments', assignmentsBetween]] as const)(
  'finds %s of a day to the minute, however their time is written',
  async (_, between) => {
    const found = await between(db, 'c', FROM, FROM + 24 * HOUR)
    expect(found.map(r => r.id).sort()).toEqual(['from this phone', 'last', 'on the first minute, from the server'])
    expect(await between(db, 'other', FROM, FROM + 24 * HOUR)).toEqual([])
  },
)

it('counts the hours that each person served, and none of a drill', async () => {
  await db.transaction('rw', ['shift', 'assignment', 'callout'], async (tx) => {
    permit(tx)
    const [starts_at, ends_at] = ['2026-11-23T04:00:00Z', '2026-11-23T07:00:00Z']
    for (const [id, callout_id] of [['duty', null], ['real', 'k'], ['drill', 'd']] as const) {
      await db.raw('shift').put({ id, community_id: 'hours', starts_at, ends_at, callout_id, _v: {} } as never)
      const span = { starts_at, ends_at: id === 'real' ? '2026-11-23T05:00:00Z' : ends_at }
      const line = { id, community_id: 'hours', shift_id: id, responder_id: 'r', ...span, state: 'relieved', _v: {} }
      await db.raw('assignment').put(line as never)
    }
    for (const [id, kind] of [['k', 'real'], ['d', 'drill']])
      await db.raw('callout').put({ id, kind, _v: {} } as never)
  })
  expect([...await hoursByPerson(db, 'hours', FROM, FROM + 24 * HOUR)]).toEqual([['r', 4]])
})
