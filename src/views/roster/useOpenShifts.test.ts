import type { OpenShift } from '#components/roster/matrix.ts'
import type { OpenShifts } from './useOpenShifts.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { reactive, shallowRef } from 'vue'
import { AppDb, SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { nearPlaces } from '#queries/calloutCard.ts'
import { DB } from '#queries/live.ts'
import { DEPS } from '#views/shell/deps.ts'
import { clock } from '../../../tests/clock.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import { useOpenShifts } from './useOpenShifts.ts'
import { useRoster } from './useRoster.ts'
import '../../../tests/fakes/indexeddb.ts'

/** Monday of the week after next, so that no shift of it has begun. */
const MONDAY = startOfWeek(clock.now()) + 14 * DAY
let db: AppDb
let app: { used: OpenShifts, unmount: () => void }

const span = (from: number, to: number) => ({ starts_at: iso(MONDAY + from * HOUR), ends_at: iso(MONDAY + to * HOUR) })
const shift = (id: string, from: number, to: number, callout_id: string | null = null): object => ({
  ...{ id, community_id: 'c', post_id: `p-${id}`, org_unit_id: 'b', roster_id: 'r', callout_id, state: 'open' },
  ...{ filled: 0, held: 0, to_pick: 0, capacity: 2, ...span(from, to) },
})
const post = (id: string, waitlist_choice = 'auto'): object => {
  const place = { community_id: 'c', org_unit_id: 'b', name: '门岗', kind: 'gate', night_minimum: 0 }
  return { id: `p-${id}`, ...place, waitlist_choice }
}
/** The person serves 08–16 at another place. */
const OWN = {
  ...{ id: 'a', shift_id: 'own', community_id: 'c', place_name: '6栋', state: 'accepted', callout_kind: null },
  ...{ on_post_at: null, off_post_at: null, ...span(8, 16) },
}

beforeEach(async () => {
  db = new AppDb(randomUUID())
  const shifts: [string, number, number, string?][] = [
    ['clash', 14, 18], ['long', 16, 21], ['tired', 20, 24], ['fine', 27, 31], ['drill', 20, 23, 'd'],
  ]
  const rows: [string, object[]][] = [
    ['org_unit', [{ id: 'b', community_id: 'c', level: 'building', name: '6栋', parent_id: null, sort: 0 }]],
    ['post', [...shifts.map(([id]) => id), 'skilled'].map(id =>
      post(id, id === 'fine' || id === 'drill' ? 'community' : 'auto'))],
    ['callout', [{ id: 'd', community_id: 'c', kind: 'drill', state: 'open', title: '演练' }]],
    ['shift', [...shifts.map(x => shift(...x)), { ...shift('skilled', 27, 31), skill: '急救' }]],
    ['me', [{ id: 'me', responder_id: 'r', skills: ['送药'] }]],
    ['my_assignment', [OWN]],
  ]
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const [tbl, list] of rows)
      await tables.raw(tbl as 'post').bulkPut(list.map(row => ({ ...row, _v: {} }) as never))
  })
  const of = reactive({
    ...{ community: 'c', starts: MONDAY, days: 7, day: dayKey(MONDAY), oneDay: false },
    filter: { person: '', unit: '' },
  })
  const deps = { id: randomUUID }
  app = inApp(() => useOpenShifts(useRoster(of as never, { lean: true })), [createPinia(), i18n],
    [[DB, shallowRef(db)], [DEPS, deps]])
  await vi.waitUntil(() => app.used.open.value.length === 6)
})
afterEach(async () => {
  app.unmount()
  await db.delete()
})
const stops = (): Record<string, string | null> =>
  Object.fromEntries(app.used.open.value.map((s: OpenShift) => [s.id, s.stop]))

it('an open shift of the roster says why it cannot be taken: an own one then, a rule of rest, a skill', async () => {
  await vi.waitFor(() => expect(stops().clash).toMatch(/6栋/))
  expect(stops()).toEqual({
    clash: '与您 6栋 08:00–16:00 的班时间重叠',
    long: expect.stringMatching(/12 小时/) as string,
    tired: expect.stringMatching(/休息/) as string,
    fine: null,
    skilled: '这一班要会“急救”，您的档案里没有。会的话请社区补上。',
    drill: null, // a drill passes no limit of rest
  })
})

it('a person who lost a place is offered none that an own shift, a rule of rest or a skill forbids', async () => {
  const lost = { shift_id: 'gone', org_unit_id: 'b', community_id: 'c' }
  const near = await nearPlaces(db, lost, MONDAY + 15 * HOUR)
  expect(near.map(n => n.shift.id)).toEqual(['drill', 'fine'])
})

it('an open shift says where the community picks from its waitlist; in a call-out it goes by rank', () => {
  expect(app.used.open.value.filter(s => s.picks).map(s => s.id)).toEqual(['fine'])
})
