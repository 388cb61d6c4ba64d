import type { SyncedTable } from '#domain/rows.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, HOUR, iso } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'
import { todayRow } from './hourRows.ts'
import '../../tests/fakes/indexeddb.ts'

const NOW = clock.now()
let db: AppDb
async function put(tbl: SyncedTable, row: object): Promise<void> {
  await writing(db, [tbl], async tables => void await tables.raw(tbl).put({ _v: {}, ...row } as never))
}
const absence = (row: object): Promise<void> => put('absence', {
  ...{ id: randomUUID(), responder_id: 'me', reason: null, by_name: null, today: false },
  ...{ starts_at: iso(NOW - HOUR), ends_at: iso(NOW + HOUR) }, ...row,
})
beforeEach(async () => {
  db = new AppDb(randomUUID())
  await put('me', { id: 'l', responder_id: 'me', memberships: [{ report_in: 'confirmed' }] })
})
afterEach(() => db.delete())

it('knows that a word of today waits for the server', async () => {
  await put('availability', { id: 'me', fits: null, ready_until: iso(NOW + HOUR), by_name: null, _pending: 'm' })
  expect(await todayRow(db, NOW)).toMatchObject({ answer: 'can', pending: true, away: false })
  await absence({ today: true })
  expect(await todayRow(db, NOW)).toMatchObject({ answer: 'cannot', pending: false, away: false })
})

it('knows leave that covers now, and nobody else’s', async () => {
  await absence({ responder_id: 'other' })
  await absence({ starts_at: iso(NOW + DAY), ends_at: iso(NOW + 2 * DAY) })
  await absence({ starts_at: iso(NOW - DAY), ends_at: iso(NOW) })
  expect(await todayRow(db, NOW)).toEqual({ answer: 'nothing', pending: false, away: false, full: false })
  await absence({})
  expect(await todayRow(db, NOW)).toMatchObject({ answer: 'nothing', away: true })
})
