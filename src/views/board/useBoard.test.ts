import type { Board } from './useBoard.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ref, shallowRef } from 'vue'
import { AppDb, SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { HOUR } from '#domain/time.ts'
import { DB } from '#queries/live.ts'
import { clock } from '../../../tests/clock.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import { useBoard } from './useBoard.ts'
import '../../../tests/fakes/indexeddb.ts'

let db: AppDb
let app: { used: Board, unmount: () => void }
const span = { starts_at: clock.stamp(-HOUR), ends_at: clock.stamp(HOUR) }
const unit = (id: string, level: string, parent_id: string | null): object =>
  ({ id, community_id: 'c', level, name: id, parent_id, sort: 0 })
/** A shift that runs at a building, and its person, who said yes. */
const duty = (at: string): [shift: object, assignment: object] => [
  {
    ...{ id: `s-${at}`, community_id: 'c', org_unit_id: at, post_id: `p-${at}`, callout_id: null, roster_id: 'r' },
    ...{ state: 'open', capacity: 1, filled: 1, held: 0, ...span },
  },
  {
    ...{ id: `a-${at}`, community_id: 'c', shift_id: `s-${at}`, responder_id: 'x', state: 'accepted', name: '王建国' },
    ...{ on_post_at: null, off_post_at: null, ...span },
  },
]
const MODE = {
  ...{ id: 'm', org_unit_id: 'e1', community_id: 'c', level: 'estate', org_unit_name: 'e1', state: 'open' },
  ...{ ground: '防汛', document_no: '1号', opened_by_name: '陈立群', expires_at: clock.stamp(HOUR) },
}

beforeEach(async () => {
  db = new AppDb(randomUUID())
  const [one, two] = [duty('b1'), duty('b2')]
  const rows: [string, object[]][] = [
    ['org_unit', [
      unit('c', 'community', null), unit('e1', 'estate', 'c'), unit('e2', 'estate', 'c'), unit('b1', 'building', 'e1'),
      unit('b2', 'building', 'e2'),
    ]],
    ['shift', [one[0], two[0]]],
    ['assignment', [one[1], two[1]]],
    ['mode', [MODE]],
  ]
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const [tbl, list] of rows)
      await tables.raw(tbl as 'post').bulkPut(list.map(row => ({ ...row, _v: {} }) as never))
  })
  app = inApp(() => useBoard(ref('c'), ref(true)), [createPinia(), i18n], [[DB, shallowRef(db)]])
  await vi.waitUntil(() => app.used.data !== undefined && app.used.covers.size > 0)
})
afterEach(async () => {
  app.unmount()
  await db.delete()
})

it('an estate with a mode of its own asks for arrivals; the rest of the community stays calm', () => {
  const { calmAt, calm, covers } = app.used
  expect(['c', 'e1', 'b1', 'e2', 'b2'].map(calmAt)).toEqual([true, false, false, true, true])
  expect(calm).toBe(true)
  expect(covers.get('b1'), 'a yes is no arrival in 应急').toMatchObject({ on: 0, acc: 1 })
  expect(covers.get('b2'), 'a yes counts as on duty in 平时').toMatchObject({ on: 1, acc: 0 })
})
