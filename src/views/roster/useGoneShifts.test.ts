import type { GoneShifts } from './useGoneShifts.ts'
import type { Roster } from './useRoster.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { reactive, shallowRef } from 'vue'
import { AppDb, SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { DB } from '#queries/live.ts'
import { clock } from '../../../tests/clock.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import { useGoneShifts } from './useGoneShifts.ts'
import { useRoster } from './useRoster.ts'
import '../../../tests/fakes/indexeddb.ts'

const MONDAY = startOfWeek(clock.now()) + 7 * DAY
let db: AppDb
let app: { used: { week: Roster, gone: GoneShifts }, unmount: () => void }

const shift = (id: string, state: string): object => ({
  ...{ id, community_id: 'c', post_id: 'p', org_unit_id: 'b', roster_id: 'r', callout_id: null, state },
  ...{ filled: 0, held: 0, to_pick: 0, capacity: 1 },
  starts_at: iso(MONDAY + 9 * HOUR), ends_at: iso(MONDAY + 12 * HOUR),
})
const edit = (id: string, what: string, more: object = {}): object => ({
  ...{ id, community_id: 'c', org_unit_id: 'b', post_name: '门岗', what, by_login: 'theirs', by_name: '李红' },
  ...{ starts_at: iso(MONDAY + 9 * HOUR), ends_at: iso(MONDAY + 12 * HOUR), at: iso(clock.now() - HOUR) },
  ...more,
})
beforeEach(async () => {
  db = new AppDb(randomUUID())
  const rows: [string, object[]][] = [
    ['me', [{ id: 'mine' }]],
    ['org_unit', [{ id: 'b', community_id: 'c', level: 'building', name: '6栋', parent_id: null, sort: 0 }]],
    ['post', [{ id: 'p', community_id: 'c', org_unit_id: 'b', name: '门岗', kind: 'gate', night_minimum: 0 }]],
    ['shift', [shift('off', 'cancelled'), shift('back', 'draft'), shift('seen', 'open')]],
    ['shift_edit', [
      edit('off', 'cancelled'),
      edit('draft', 'dropped', { at: iso(clock.now() - 2 * HOUR) }),
      edit('back', 'dropped'),
      edit('seen', 'people'),
      edit('own', 'dropped', { by_login: 'mine' }),
      edit('old', 'dropped', { at: iso(clock.now() - 2 * DAY) }),
      edit('later', 'dropped', { starts_at: iso(MONDAY + 7 * DAY), ends_at: iso(MONDAY + 7 * DAY + HOUR) }),
    ]],
  ]
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const [tbl, list] of rows) {
      await tables.raw(tbl as 'post').bulkPut(list.map(row => ({ ...row, _v: {} }) as never))
    }
  })
  app = inApp(() => {
    const of = reactive({ community: 'c', starts: MONDAY, days: 7, day: dayKey(MONDAY), oneDay: false })
    const week = useRoster(of)
    return { week, gone: useGoneShifts(of, week) }
  }, [createPinia(), i18n], [[DB, shallowRef(db)]])
  await vi.waitUntil(() => app.used.week.data)
})
afterEach(async () => {
  app.unmount()
  await db.delete()
})

it('says who took which shift out of the roster, until that is read', () => {
  const { lines, read } = app.used.gone
  expect(lines.value.map(l => l.id)).toEqual(['off', 'draft'])
  expect(lines.value[0]!.text).toMatch(/^李红 .+ 取消了班次：.+09:00–12:00 6栋 门岗$/)
  expect(lines.value[1]!.text).toContain('删除了草稿')
  read()
  expect(lines.value).toEqual([])
})
