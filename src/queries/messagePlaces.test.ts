import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { UNITS } from '#domain/testing/tree.ts'
import { clock } from '../../tests/clock.ts'
import { leadEvents } from './messageRows.ts'
import '../../tests/fakes/indexeddb.ts'

const HOUR = 3_600_000
const SLOT = { starts_at: clock.stamp(HOUR), ends_at: clock.stamp(4 * HOUR) }
let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(async () => { await db.delete() })

const put = (tbl: SyncedTable, ...rows: object[]): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).bulkPut(rows.map(r => ({ _v: {}, community_id: 'c', ...r }))))
const event = (id: string, minutes: number, more: object = {}): object =>
  ({ id, kind: 'unfilled', callout_id: 'k', shift_id: null, at: clock.stamp(minutes * 60_000), ...SLOT, ...more })
const shift = (id: string, org_unit_id: string, post_id: string): object =>
  ({ id, callout_id: 'k', org_unit_id, post_id, ...SLOT })

/** The place and post of every card of the board, and how many messages it holds. */
async function told(): Promise<unknown[]> {
  const cards = await leadEvents(db, 'c', clock.now())
  return cards.map((card) => {
    const of = card.kind === 'folded' ? card.of : [card]
    const place = of[0]!.kind === 'lead_event' ? of[0]!.place : null
    return [of.length, place?.place_name, place?.post_name, place?.starts_at]
  })
}

it('what happened to a slot of many shifts is said with the place that they share and its time', async () => {
  await put('org_unit', ...UNITS)
  await put('callout', { id: 'k', title: '低温雨雪冰冻' })
  await put('post', { id: 'door', name: '单元门岗' }, { id: 'gate', name: '大门岗' })
  await put('lead_event', event('1', -1))
  expect(await told()).toEqual([[1, '低温雨雪冰冻', '', SLOT.starts_at]])
  await put('shift', shift('a', 'e1b1', 'door'))
  expect(await told()).toEqual([[1, '梧桐苑 1栋', '单元门岗', SLOT.starts_at]])
  await put('shift', shift('b', 'e1b2', 'gate'))
  expect(await told()).toEqual([[1, '梧桐苑', '', SLOT.starts_at]])
  await put('shift', shift('c', 'e2b1', 'gate'))
  expect(await told()).toEqual([[1, '低温雨雪冰冻', '', SLOT.starts_at]])
})

it('the board tells what is of the last day and of its community, and once what says the same', async () => {
  await put(
    'lead_event',
    event('1', -1),
    event('2', -2),
    event('3', -3, { callout_id: 'other' }),
    event('old', -25 * 60),
    event('skipped', -1, { kind: 'rung_skipped' }),
    event('elsewhere', -1, { community_id: 'x' }),
  )
  expect((await told()).map(card => (card as [number])[0])).toEqual([2, 1])
})
