import type { Removal } from '#components/roster/removals.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSSRApp, defineComponent, shallowRef } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { AppDb } from '#db/db.ts'
import { DAY, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { DB } from '#queries/live.ts'
import { clock } from '../../../tests/clock.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import ChangeSheets from './ChangeSheets.vue'
import '../../../tests/fakes/indexeddb.ts'

/** A sheet of the page lies outside of what is rendered here; this one shows what is in it where it stands. */
vi.mock(import('#components/ui/SheetDialog.vue'), async () => ({
  default: defineComponent({
    inheritAttrs: false,
    props: { title: { type: String, required: true } },
    setup: (props, { slots }) => () => [props.title, slots.default?.(), slots.actions?.()],
  }) as never,
}))

const MONDAY = startOfWeek(clock.now()) + 14 * DAY
let db: AppDb
beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
  db = new AppDb(randomUUID())
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await db.delete()
})

function taking(who: string, day: number, published = true): Removal {
  const shift = {
    id: `s${day}`, starts_at: iso(MONDAY + day * DAY + (8 + day) * HOUR), ends_at: iso(MONDAY + day * DAY + 15 * HOUR),
  }
  return { shift, person: { id: `${who}${day}`, responder_id: who, name: who } as Removal['person'], published }
}
/** What the sheet says of each person, and of all. */
async function sheetOf(removed: Removal[], state: string): Promise<{ lines: string[], all: string }> {
  const last = { ...removed.at(-1)!.shift, state } as never
  const app = createSSRApp(ChangeSheets, { sheet: 'remove', shift: last, removed, run: {} as never })
  app.use(createPinia()).use(i18n).provide(DB, shallowRef(db))
  const html = await renderToString(app)
  const lines = [...html.matchAll(/<b [^>]*>(.*?)<\/b>|(\d\d:\d\d)–\d\d:\d\d<\/del>/g)].map(m => m[1] ?? m[2]!)
  return { lines, all: html.replace(/<[^>]*>/g, ' ') }
}

it('says of everybody which of their own shifts they lose, each person once', async () => {
  const { lines, all } = await sheetOf([taking('王', 0), taking('李', 1), taking('王', 2)], 'open')
  expect(lines).toEqual(['王', '08:00', '10:00', '李', '09:00'])
  expect(all).toContain('移出 2 人？')
  expect(all).toContain('移出，将通知 2 人')
})

it('says who hears of it although the chosen shift is a draft, and counts nobody of the draft', async () => {
  const { lines, all } = await sheetOf([taking('王', 0), taking('李', 1, false)], 'draft')
  expect(lines).toEqual(['王', '08:00'])
  expect(all).toContain('移出 2 人？')
  expect(all).toContain('移出，将通知 1 人')
})
