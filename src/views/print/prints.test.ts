import type { Component } from 'vue'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { computed, createSSRApp, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { AppDb, permit } from '#db/db.ts'
import { dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { DB } from '#queries/live.ts'
import { clock } from '../../../tests/clock.ts'
import { seenIn } from '../../../tests/fakes/seen.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import DoorPrint from './DoorPrint.vue'
import RecordPrint from './RecordPrint.vue'
import RosterPrint from './RosterPrint.vue'
import '../../../tests/fakes/indexeddb.ts'

vi.mock(import('#views/shell/useStanding.ts'), async () => ({
  useStanding: () => ({
    me: computed(() => undefined), communities: computed(() => [{ id: 'c', name: '甲社区' }]),
    roles: computed(() => new Set<never>()), community: computed(() => 'c'), isCoordinator: computed(() => false),
    choose: () => {},
  }),
}))

const STARTS = startOfWeek(clock.now()) + 9 * HOUR
let db: AppDb

beforeEach(async () => {
  const media = { matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }
  vi.stubGlobal('window', { matchMedia: () => media })
  vi.stubGlobal('document', { title: '' })
  vi.stubGlobal('location', new URL('https://red.example/roster/print'))
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: vi.fn(), removeItem: vi.fn() })
  db = new AppDb(randomUUID())
  const span = { starts_at: iso(STARTS), ends_at: iso(STARTS + 3 * HOUR) }
  const places = { filled: 1, held: 0, to_pick: 0, capacity: 1, callout_id: null, state: 'open' }
  const rows: [Parameters<AppDb['raw']>[0], object][] = [
    ['org_unit', { id: 'b', community_id: 'c', level: 'building', name: '6栋', parent_id: null, sort: 0 }],
    ['post', { id: 'p', community_id: 'c', org_unit_id: 'b', name: '门岗', kind: 'gate', night_minimum: 0 }],
    ['shift', { id: 's', community_id: 'c', post_id: 'p', org_unit_id: 'b', roster_id: 'r', ...span, ...places }],
    ['assignment', { id: 'a', community_id: 'c', shift_id: 's', responder_id: 'w', name: '王建国', ...span,
      state: 'accepted', by_proxy: [], on_post_at: null, off_post_at: null }],
  ]
  await db.transaction('rw', rows.map(([tbl]) => tbl), async (tx) => {
    permit(tx)
    for (const [tbl, row] of rows) await db.raw(tbl).put({ _v: {}, ...row } as never)
  })
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await db.delete()
})

/** A page at once, or after so many ms; the community is known from the beginning. */
async function pageAfter(ms?: number, page: Component = RosterPrint): Promise<string> {
  const router = createRouter({
    history: createMemoryHistory(), routes: [{ path: '/:any(.*)', component: { render: () => '' } }],
  })
  await router.push(`/roster/print?week=${dayKey(STARTS)}`)
  const app = createSSRApp(page).use(createPinia()).use(i18n).use(router).provide(DB, shallowRef(db))
  if (ms !== undefined) app.mixin({ serverPrefetch: () => new Promise((done) => { setTimeout(done, ms) }) })
  return renderToString(app)
}
const isStopped = (html: string, label: string): boolean =>
  new RegExp(`<button[^>]*aria-disabled="true"[^>]*>(?:(?!</button>).)*${label}`, 's').test(html)

it('prints and saves nothing while the duty is still being read', async () => {
  const early = await pageAfter()
  expect(seenIn(early)).toContain('正在读取本机数据')
  expect([early.includes('<table'), isStopped(early, '打印'), isStopped(early, '下载表格')]).toEqual([false, true, true])
  let later = ''
  await vi.waitFor(async () => {
    later = await pageAfter(20)
    expect(seenIn(later)).toMatch(/甲社区值班表.*6栋 门岗.*王建国/)
  }, 10_000)
  expect([isStopped(later, '打印'), isStopped(later, '下载表格')]).toEqual([false, false])
})

it.each([['the notices of the doors', DoorPrint], ['one\'s own record', RecordPrint]])(
  'prints nothing of %s while it is still being read', async (_name, page) => {
    expect(isStopped(await pageAfter(undefined, page), '打印')).toBe(true)
    await vi.waitFor(async () => expect(isStopped(await pageAfter(20, page), '打印')).toBe(false), 10_000)
  },
)
