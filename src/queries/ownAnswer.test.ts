import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { isContested, settledYes, yesOutcome } from './ownAnswer.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(() => db.delete())
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: { s: 1 }, community_id: 'c', ...row }))

it('calls a place of a call-out contested, and a place of a roster not', async () => {
  await put('shift', { id: 's1', callout_id: 'k' })
  await put('shift', { id: 's2', callout_id: null })
  expect([await isContested(db, 's1'), await isContested(db, 's2')]).toEqual([true, false])
})
it('waits while the yes is on its way, and then says what the server said', async () => {
  await put('my_assignment', { id: 'a', state: 'accepted', _pending: 'm1' })
  expect(await yesOutcome(db, 'a')).toEqual({ state: 'pending' })
  expect(await settledYes(db, 'a', 30)).toBeNull()
  const granted = settledYes(db, 'a', 5000)
  await put('my_assignment', { id: 'a', state: 'accepted' })
  expect(await granted).toEqual({ state: 'granted' })
})
it('names the refusal of a place that went to somebody else', async () => {
  await put('verdict', { id: 'v', code: 'full', status: 'refused', args: { assignment_id: 'b' } })
  expect(await settledYes(db, 'b', 5000)).toEqual({ state: 'answered', code: 'full' })
})
