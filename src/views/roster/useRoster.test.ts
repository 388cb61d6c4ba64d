import type { LocationQueryRaw, Router } from 'vue-router'
import type { Period } from './usePeriod.ts'
import type { Roster } from './useRoster.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, reactive, ref, shallowRef, toRefs } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { AppDb, SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { DB } from '#queries/live.ts'
import { clock } from '../../../tests/clock.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import { usePeriod } from './usePeriod.ts'
import { useRoster } from './useRoster.ts'
import { gapsAt, useRosterFilter } from './useRosterFilter.ts'
import '../../../tests/fakes/indexeddb.ts'

/** The next week; 25 posts of 甲苑 have a shift on its Monday, the one of 乙苑 on its Thursday. */
const MONDAY = startOfWeek(clock.now()) + 7 * DAY
const THURSDAY = dayKey(MONDAY + 3 * DAY)
const FIRST = Array.from({ length: 25 }, (_, n) => `p${n}`)
let db: AppDb
let router: Router
let app: { used: { period: Period, week: Roster }, unmount: () => void } | undefined

beforeEach(async () => {
  db = new AppDb(randomUUID())
  const unit = (id: string, level: string, parent_id: string | null, sort: number): object =>
    ({ id, community_id: 'c', level, name: id, parent_id, sort })
  const post = (id: string, org_unit_id: string): object =>
    ({ id, community_id: 'c', org_unit_id, name: id, kind: 'gate', night_minimum: 0 })
  const shift = (post_id: string, org_unit_id: string, day: number): object => ({
    ...{ id: `s-${post_id}`, community_id: 'c', post_id, org_unit_id, roster_id: 'r', callout_id: null, state: 'open' },
    ...{ filled: 0, held: 0, to_pick: 0, capacity: 1 },
    starts_at: iso(MONDAY + day * DAY + 9 * HOUR), ends_at: iso(MONDAY + day * DAY + 12 * HOUR),
  })
  const rows: [string, object[]][] = [
    ['org_unit', [unit('甲苑', 'estate', 'c', 0), unit('乙苑', 'estate', 'c', 1)]],
    ['post', [...FIRST.map(id => post(id, '甲苑')), post('last', '乙苑')]],
    ['shift', [...FIRST.map(id => shift(id, '甲苑', 0)), shift('last', '乙苑', 3)]],
  ]
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const [tbl, list] of rows) {
      await tables.raw(tbl as 'post').bulkPut(list.map(row => ({ ...row, _v: {} }) as never))
    }
  })
})
afterEach(async () => {
  app?.unmount()
  vi.unstubAllGlobals()
  await db.delete()
})

/** The roster at an address, on a phone or on a desk. */
async function openAt(query: LocationQueryRaw, phone = false): Promise<{ period: Period, week: Roster }> {
  vi.stubGlobal('window', Object.assign(new EventTarget(), {
    matchMedia: () => Object.assign(new EventTarget(), { matches: phone }),
  }))
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: vi.fn(), removeItem: vi.fn() })
  const route = { path: '/roster', name: 'roster', component: { render: () => '' } }
  router = createRouter({ history: createMemoryHistory(), routes: [route] })
  await router.push({ name: 'roster', query })
  app = inApp(() => {
    const period = usePeriod(ref(true))
    const filter = useRosterFilter()
    return { period, week: useRoster(reactive({ community: 'c', ...toRefs(period), filter }) as never) }
  }, [createPinia(), i18n, router], [[DB, shallowRef(db)]])
  const { used } = app
  await vi.waitUntil(() => used.week.whole.groups.length > 0)
  return used
}

it('the gap of a notice is shown and chosen, whichever estate it lies in', async () => {
  const { week } = await openAt(gapsAt('last', THURSDAY))
  expect([week.shown.groups.map(g => g.post_id), week.shift?.id]).toEqual([['last'], 's-last'])
})

it('without its post all estates are shown', async () => {
  const { week } = await openAt(gapsAt(null, THURSDAY))
  expect(week.shown.groups.map(g => g.post_id).sort()).toEqual([...FIRST, 'last'].sort())
})

it('where one day is shown, it is the day of the address', async () => {
  const { week } = await openAt(gapsAt('last', THURSDAY), true)
  expect([week.onlyDay, week.shown.groups.map(g => g.post_id), week.shift?.id]).toEqual([3, ['last'], 's-last'])
})

it('a way back to the week of today begins with today', async () => {
  const { period } = await openAt({ week: dayKey(MONDAY) }, true)
  expect(period.day).toBe(dayKey(MONDAY))
  period.go(-1)
  await vi.waitUntil(() => router.currentRoute.value.query.week !== dayKey(MONDAY))
  await nextTick()
  expect([router.currentRoute.value.query.week, period.day]).toEqual([undefined, dayKey(clock.now())])
})
