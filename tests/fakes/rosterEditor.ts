import type { Deps } from '#views/shell/deps.ts'
import type { RosterOf } from '../../src/views/roster/useRoster.ts'
import type { RosterEditor } from '../../src/views/roster/useRosterEditor.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { reactive, shallowRef } from 'vue'
import { AppDb, SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { mutate } from '#mutators/mutate.ts'
import { DB } from '#queries/live.ts'
import { useNotice } from '#stores/notice.ts'
import { DEPS } from '#views/shell/deps.ts'
import { useRosterEditor } from '../../src/views/roster/useRosterEditor.ts'
import { clock } from '../clock.ts'
import { inApp } from './inApp.ts'
import { i18n } from './words.ts'
import './indexeddb.ts'

/** Monday of a week still to come: what is over is not copied. */
export const MONDAY = startOfWeek(clock.now() + 7 * DAY)
const pinia = createPinia()
/** What the app says last. */
export const notice = useNotice(pinia)
/** The editor of one test, the days it shows, and the phone's database. */
export const editor = {} as { db: AppDb, of: RosterOf, app: { used: RosterEditor, unmount: () => void } }

/** One post: a draft shift on Monday and on Tuesday, a published one on Wednesday, two places each. Three people. */
async function seed(): Promise<void> {
  const shift = (n: number, state: string): object => ({
    ...{ id: `s${n}`, community_id: 'c', post_id: 'p', org_unit_id: 'b', roster_id: state, callout_id: null, state },
    ...{ filled: 0, held: 0, to_pick: 0, capacity: 2 },
    starts_at: iso(MONDAY + n * DAY + 9 * HOUR), ends_at: iso(MONDAY + n * DAY + 12 * HOUR),
  })
  const active = { community_ids: ['c'], phone_tail: null, state: 'active', report_in: 'confirmed', night: 'yes' }
  const person = (id: string, name: string): object => ({ id, name, pinyin: id, initials: id, ...active })
  const building = { id: 'b', community_id: 'c', level: 'building', name: '6栋', parent_id: null, sort: 0 }
  const week = { starts_on: dayKey(MONDAY), ends_on: dayKey(MONDAY + 6 * DAY) }
  const draft = { id: 'draft', community_id: 'c', name: '周', state: 'draft', ...week }
  const rows: [string, object[]][] = [
    ['org_unit', [building]],
    ['post', [{ id: 'p', community_id: 'c', org_unit_id: 'b', name: '门岗', kind: 'gate', night_minimum: 0 }]],
    ['roster', [{ ...draft, version: 0 }]],
    ['shift', [shift(0, 'draft'), shift(1, 'draft'), shift(2, 'open')]],
    ['responder_lead', [person('wang', '王建国'), person('li', '李素芬'), person('zhou', '周明')]],
  ]
  await writing(editor.db, SYNCED_TABLES, async (tables) => {
    for (const [tbl, list] of rows) {
      await tables.raw(tbl as 'post').bulkPut(list.map(row => ({ ...row, _v: {} }) as never))
    }
  })
}

/** Opens the editor on the seeded week before each test of a file, and closes it after. */
export function openEditor(): void {
  beforeEach(async () => {
    vi.stubGlobal('window', new EventTarget())
    editor.db = new AppDb(randomUUID())
    notice.clear()
    await seed()
    editor.of = reactive({ community: 'c', starts: MONDAY, days: 7, day: dayKey(MONDAY), oneDay: false })
    const ctx = { login: 'u', now: clock.now, id: randomUUID }
    const deps = { id: randomUUID, mutate: ((name, args) => mutate(editor.db, name, args, ctx)) as Deps['mutate'] }
    editor.app = inApp(() => useRosterEditor(editor.of), [pinia, i18n], [[DB, shallowRef(editor.db)], [DEPS, deps]])
    await vi.waitUntil(() => editor.app.used.week.shift !== null && editor.app.used.people.found.length === 3)
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    editor.app.unmount()
    vi.unstubAllGlobals()
    await editor.db.delete()
  })
}

/** Who stands on the three shifts. */
export function names(): string[][] {
  const { cells } = editor.app.used.week.whole.groups[0]!.rows[0]!
  return cells.slice(0, 3).map(s => s!.people.map(p => p.name))
}
/** Puts one of the people offered on the chosen shift. */
export const pick = async (id: string, reason?: string): Promise<boolean> =>
  editor.app.used.assign(editor.app.used.people.found.find(p => p.id === id)!, reason)
/** Waits until the three shifts show these people. */
export const shows = async (want: string[][]): Promise<void> => vi.waitFor(() => expect(names()).toEqual(want))
