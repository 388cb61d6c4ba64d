import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { modeRow, modesHere } from './modeRows.ts'
import '../../tests/fakes/indexeddb.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(async () => { await db.delete() })

const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: {}, ...row }))
const unit = (id: string, community_id: string, parent_id: string | null, level: string): Promise<unknown> =>
  put('org_unit', { id, community_id, parent_id, level, name: id })
const mode = (id: string, org_unit_id: string, level: string, of: string[], expires = 3): Promise<unknown> =>
  put('mode', {
    id,
    org_unit_id,
    org_unit_name: org_unit_id,
    level,
    state: 'open',
    expires_at: new Date(now + expires * 3_600_000).toISOString(),
    _v: Object.fromEntries(of.map(c => [`org:${c}:open`, 1])),
  })
/** '<mode here> + <modes elsewhere>' */
const strip = async (community: string | null): Promise<string> => {
  const { here, others } = await modesHere(db, community, now)
  return [here?.id ?? '平时', ...others.map(o => o.id)].join(' + ')
}

/** Two communities of a person, a and b; a has an estate with a building. */
beforeEach(async () => {
  await unit('a', 'a', null, 'community')
  await unit('estate', 'a', 'a', 'estate')
  await unit('door', 'a', 'estate', 'building')
  await unit('b', 'b', null, 'community')
})

it('a mode of one community is not the other\'s, and is named beside it', async () => {
  await mode('m', 'b', 'community', ['b'])
  expect([await strip('a'), await strip('b')]).toEqual(['平时 + m', 'm'])
  expect([await modeRow(db, 'a', now), (await modeRow(db, 'b', now))?.id]).toEqual([null, 'm'])
})
it('a street reaches the communities below it and no others', async () => {
  await mode('s', 'street', 'street', ['b'])
  expect([await strip('a'), await strip('b')]).toEqual(['平时 + s', 's'])
})
it('a mode of one estate is that estate\'s, and asks for check-ins there', async () => {
  await mode('e', 'estate', 'estate', ['a'])
  expect(await strip('a')).toBe('平时 + e')
  expect([await modeRow(db, 'a', now), (await modeRow(db, 'a', now, 'door'))?.id]).toEqual([null, 'e'])
  await mode('m', 'a', 'community', ['a'])
  expect(await strip('a')).toBe('m + e')
})
it('the nearest one counts, one farther above is not said twice, and one that is over is gone', async () => {
  await mode('m', 'a', 'community', ['a'])
  await mode('s', 'street', 'street', ['a', 'b'])
  await mode('old', 'estate', 'estate', ['a'], -1)
  expect([await strip('a'), await strip('b')]).toEqual(['m', 's + m'])
})
it('who stands above communities reads each mode with its unit', async () => {
  await mode('m', 'a', 'community', [])
  await mode('n', 'b', 'community', [])
  expect(await strip(null)).toBe('平时 + m + n')
})
it('a unit that this phone does not know has the mode of its community', async () => {
  await mode('m', 'a', 'community', ['a'])
  expect((await modeRow(db, 'a', now, 'elsewhere'))?.id).toBe('m')
})
