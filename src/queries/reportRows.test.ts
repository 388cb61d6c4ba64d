import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY } from '#domain/time.ts'
import { myReports, reportRefusals, reportRows } from './reportRows.ts'
import '../../tests/fakes/indexeddb.ts'

const now = Date.parse('2026-12-08T06:32:00Z')
const ago = (days: number): string => new Date(now - days * DAY).toISOString()
let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(async () => { await db.delete() })

const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: {}, ...row }))
const report = (id: string, over: object): Promise<unknown> =>
  put('report_lead', {
    id, community_id: 'c', state: 'requested', at: ago(1), settled_at: null, moves_from: null, ...over,
  })
const ids = (rows: { id: string }[]): string[] => rows.map(r => r.id)

describe('the reports of a community', () => {
  it('wait in the order in which they came, those of other communities elsewhere', async () => {
    await report('new', { at: ago(0.5) })
    await report('old', { at: ago(2) })
    await report('theirs', { community_id: 'd' })
    expect(ids((await reportRows(db, 'c', now)).waiting)).toEqual(['old', 'new'])
  })

  it('are in sight for two weeks after they were confirmed; who was told no is not', async () => {
    await report('late', { state: 'confirmed', settled_at: ago(15) })
    await report('first', { state: 'confirmed', settled_at: ago(3) })
    await report('second', { state: 'confirmed', settled_at: ago(1) })
    await report('no', { state: 'ended', settled_at: ago(1) })
    expect(ids((await reportRows(db, 'c', now)).settled)).toEqual(['second', 'first'])
  })

  it('show those who left for another community lately', async () => {
    const away = { community_id: 'd', moves_from: 'c', state: 'confirmed', at: ago(9) }
    await put('report_left', { id: 'gone', ...away, settled_at: ago(1) })
    await put('report_left', { id: 'long gone', ...away, settled_at: ago(15) })
    await put('report_left', { id: 'of another', ...away, moves_from: 'e', settled_at: ago(1) })
    await report('came', { moves_from: 'd', state: 'confirmed', settled_at: ago(1) })
    const { left, settled } = await reportRows(db, 'c', now)
    expect([ids(left), ids(settled)]).toEqual([['gone'], ['came']])
  })
})

it('finds what the server refused by the report, and nothing that this phone only expects', async () => {
  const verdict = (id: string, name: string, over: object = {}): Promise<unknown> =>
    put('verdict', { id, name, status: 'refused', code: 'number_taken', args: { report_id: `of ${id}` }, ...over })
  await verdict('a', 'confirm_report')
  await verdict('b', 'accept_shift')
  await verdict('d', 'decline_report', { status: 'applied' })
  await verdict('e', 'confirm_report', { _pending: 'm' })
  expect([...(await reportRefusals(db)).keys()]).toEqual(['of a'])
})

it('lists one\'s own receipts, the newest first', async () => {
  await put('my_report', { id: 'old', at: ago(2) })
  await put('my_report', { id: 'new', at: ago(1) })
  expect(ids(await myReports(db))).toEqual(['new', 'old'])
})
