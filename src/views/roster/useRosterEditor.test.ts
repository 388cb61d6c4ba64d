import type { MatrixShift } from '#components/roster/matrix.ts'
import type { Deps } from '#views/shell/deps.ts'
import type { RosterOf } from './useRoster.ts'
import type { RosterEditor } from './useRosterEditor.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, reactive, shallowRef } from 'vue'
import { flatRows } from '#components/roster/matrix.ts'
import { AppDb, SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { i18n } from '#i18n/index.ts'
import { mutate } from '#mutators/mutate.ts'
import { DB } from '#queries/live.ts'
import { seenPeople } from '#queries/seenPeople.ts'
import { useNotice } from '#stores/notice.ts'
import { DEPS } from '#views/shell/deps.ts'
import { clock } from '../../../tests/clock.ts'
import { fullFor } from '../../../tests/fakes/fullDisk.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { useRosterEditor } from './useRosterEditor.ts'
import '../../../tests/fakes/indexeddb.ts'

const NOTHING_MET = { drop: [], same: 0, covered: 0, left_out: 0, past: 0, thin_nights: 0 }
/** of a week still to come: what is over is not copied */
const MONDAY = startOfWeek(clock.now() + 7 * DAY)
const pinia = createPinia()
const notice = useNotice(pinia)
let db: AppDb
let of: RosterOf
let app: { used: RosterEditor, unmount: () => void }

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
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const [tbl, list] of rows) {
      await tables.raw(tbl as 'post').bulkPut(list.map(row => ({ ...row, _v: {} }) as never))
    }
  })
}
beforeEach(async () => {
  vi.stubGlobal('window', new EventTarget())
  db = new AppDb(randomUUID())
  notice.clear()
  await seed()
  of = reactive({ community: 'c', starts: MONDAY, days: 7, day: dayKey(MONDAY), oneDay: false })
  const ctx = { login: 'u', now: clock.now, id: randomUUID }
  const deps = { id: randomUUID, mutate: ((name, args) => mutate(db, name, args, ctx)) as Deps['mutate'] }
  app = inApp(() => useRosterEditor(of), [pinia, i18n], [[DB, shallowRef(db)], [DEPS, deps]])
  await vi.waitUntil(() => app.used.week.shift !== null && app.used.people.found.length === 3)
})
afterEach(async () => {
  vi.restoreAllMocks()
  app.unmount()
  vi.unstubAllGlobals()
  await db.delete()
})
function names(): string[][] {
  const { cells } = app.used.week.whole.groups[0]!.rows[0]!
  return cells.slice(0, 3).map(s => s!.people.map(p => p.name))
}
const pick = async (id: string, reason?: string): Promise<boolean> =>
  app.used.assign(app.used.people.found.find(p => p.id === id)!, reason)
const shows = async (want: string[][]): Promise<void> => vi.waitFor(() => expect(names()).toEqual(want))

it('puts a person on the chosen shift, takes them off again by 撤销, and puts them back', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  expect([notice.text, app.used.steps.canUndo]).toEqual(['已排入 王建国', true])
  await vi.waitFor(() => expect(app.used.people.found.find(p => p.id === 'wang')!.blocked).not.toBeNull())
  notice.undo!()
  await shows([[], [], []])
  await app.used.run('redo')
  await shows([['王建国'], [], []])
})

it('copies a day onto others and says who found no place', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  await app.used.run('copy')
  app.used.week.select({ at: { row: 0, col: 1 }, anchor: { row: 0, col: 2 } })
  expect(app.used.week.chosen.map(s => s.id)).toEqual(['s1', 's2'])
  await app.used.run('paste')
  // one shift is published, so the sheet asks first and names the people who will be told
  await shows([['王建国'], [], []])
  expect([app.used.sheet, app.used.pasting.plan?.live.map(l => [l.name, l.shift.id])]).toEqual([
    'paste', [['王建国', 's2']],
  ])
  expect(await app.used.pasting.pasteNow('')).toBe(true)
  await shows([['王建国'], ['王建国'], ['王建国']])
  expect(app.used.sheet).toBeNull()
})

it('pastes onto drafts at once: nobody is told of them', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  await app.used.run('copy')
  app.used.week.select({ at: { row: 0, col: 1 }, anchor: { row: 0, col: 1 } })
  await app.used.run('paste')
  await shows([['王建国'], ['王建国'], []])
})

it('asks before somebody goes on a published shift, and says whom it is (R19)', async () => {
  app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  expect(await pick('li')).toBe(false)
  expect(app.used.asking?.name).toBe('李素芬')
  expect([await db.outbox.count(), names()]).toEqual([0, [[], [], []]])
  expect(await pick('li', '')).toBe(true)
  await shows([[], [], ['李素芬']])
  expect(app.used.asking).toBeNull()
  expect((await db.outbox.toArray()).map(row => row.args)).toMatchObject([{ override_reason: null }])
})

it('asks before it pastes where somebody would serve twice at once, and pastes the others', async () => {
  await pick('wang')
  await pick('li')
  await vi.waitFor(() => expect(names()[0]).toHaveLength(2))
  await app.used.run('copy')
  await writing(db, ['shift'], async (tables) => {
    const [first, second] = await Promise.all(['s0', 's1'].map(id => tables.rows('shift').get(id)))
    await tables.rows('shift').put({ ...second!, starts_at: first!.starts_at, ends_at: first!.ends_at, post_id: 'p' })
  })
  await vi.waitUntil(() => app.used.week.whole.groups[0]!.rows.length === 2)
  app.used.week.select({ at: { row: 1, col: 0 }, anchor: { row: 1, col: 0 } })
  await app.used.run('paste')
  expect([app.used.sheet, app.used.pasting.plan?.assigns]).toEqual(['paste', []])
  expect(app.used.pasting.plan?.left_out.map(r => [r.name, r.shift && r.why]).sort()).toEqual([
    ['李素芬', expect.stringContaining('重叠')], ['王建国', expect.stringContaining('重叠')],
  ])
})

it('undoes and redoes a fill that took the place of drafts, with the people planned on them', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  const at = MONDAY + 8 * HOUR
  const shifts = [{ post_id: 'p', starts_at: iso(at), ends_at: iso(at + 8 * HOUR), capacity: 1 }]
  await app.used.drafts.create({ ...NOTHING_MET, shifts, drop: ['s0'] })
  const drafts = async (): Promise<string[]> =>
    (await db.rows('shift').toArray()).filter(s => s.state === 'draft').map(s => s.starts_at).sort()
  const before = [iso(MONDAY + 9 * HOUR), iso(MONDAY + DAY + 9 * HOUR)]
  const after = [iso(at), iso(MONDAY + DAY + 9 * HOUR)]
  expect(await drafts()).toEqual(after)
  expect(await db.rows('draft_assignment').count()).toBe(0)
  await app.used.run('undo')
  expect(await drafts()).toEqual(before)
  await shows([['王建国'], [], []])
  await app.used.run('redo')
  expect([await drafts(), await db.rows('draft_assignment').count()]).toEqual([after, 0])
  // what goes is named with the people who were seen on it
  const sent = (await db.outbox.toArray()).filter(row => row.name === 'draft_shifts')
  const wang = [{ shift_id: 's0', people: ['wang'] }]
  expect(sent.map(row => (row.args as { seen: unknown }).seen)).toEqual([wang, [], wang])
  const doubts = (await db.outbox.toArray()).map(row => row.doubt)
  expect(doubts).toEqual(doubts.map(() => null))
})

it('deletes a draft as a step, which comes back with its people and goes again', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  await app.used.drafts.cancel('')
  expect([await db.rows('shift').get('s0'), notice.text]).toEqual([undefined, '已删除这个草稿班次'])
  notice.undo!()
  await shows([['王建国'], [], []])
  expect((await db.rows('shift').get('s0'))?.roster_id).toBe('draft')
  await app.used.run('redo')
  expect([await db.rows('shift').get('s0'), await db.rows('draft_assignment').count()]).toEqual([undefined, 0])
  await app.used.run('undo')
  await app.used.run('undo')
  await shows([[], [], []])
  const sent = (await db.outbox.toArray()).map(row => [row.name, row.doubt])
  expect(sent.filter(([name]) => name === 'cancel_shift')).toEqual([])
  expect(sent.map(([, doubt]) => doubt)).toEqual(sent.map(() => null))
})

it('moves a draft as a step, with its people', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  const was = (await db.rows('shift').get('s0'))!.starts_at
  const span = { starts_at: iso(MONDAY + 14 * HOUR), ends_at: iso(MONDAY + 17 * HOUR) }
  expect(await app.used.drafts.move(span, '')).toBe(true)
  const starts = async (): Promise<string> => (await db.rows('shift').get('s0'))!.starts_at
  expect([await starts(), notice.text]).toEqual([span.starts_at, '已改时间'])
  notice.undo!()
  await vi.waitFor(async () => expect(await starts()).toBe(was))
  await app.used.run('redo')
  expect([await starts(), await db.rows('draft_assignment').count()]).toEqual([span.starts_at, 1])
})

it('stops at a published shift that was cancelled or moved, and says so', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  const span = { starts_at: iso(MONDAY + 2 * DAY + 10 * HOUR), ends_at: iso(MONDAY + 2 * DAY + 13 * HOUR) }
  await app.used.drafts.move(span, '')
  expect([notice.text, notice.undo]).toEqual(['已改时间', null])
  await app.used.run('undo')
  expect(notice.text).toBe('上一步改了已发布班次的时间，不能撤销；要改回，请再改一次时间')
  await vi.waitUntil(() => app.used.week.whole.groups[0]!.rows.length === 2)
  app.used.week.select({ at: { row: 1, col: 2 }, anchor: { row: 1, col: 2 } })
  await app.used.drafts.cancel('')
  expect([(await db.rows('shift').get('s2'))!.state, notice.text, notice.undo]).toEqual(['cancelled', '已取消这一班', null])
  await app.used.run('undo')
  await app.used.run('undo')
  expect(notice.text).toBe('上一步取消了已发布的班次，不能撤销；要恢复，请再建一班')
  expect(await db.rows('draft_assignment').count()).toBe(1)
})

it('takes a copied week back in one step', async () => {
  const shift = (await db.rows('shift').get('s2'))!
  const last = { ...shift, id: 'old', starts_at: iso(MONDAY - 6 * DAY), ends_at: iso(MONDAY - 6 * DAY + HOUR), _v: {} }
  const { starts_at, ends_at } = last
  const line = { id: 'turn', shift_id: 'old', responder_id: 'li', community_id: 'c', name: '李素芬', starts_at, ends_at }
  const served = { state: 'done', on_post_at: null, off_post_at: null, by_proxy: [] as never[] } as const
  await writing(db, ['shift', 'assignment'], async (tables) => {
    await tables.rows('shift').put(last)
    await tables.rows('assignment').put({ ...line, ...served, _v: {} })
  })
  app.used.sheet = 'copy'
  await vi.waitUntil(() => app.used.drafts.copied.shifts.length === 1)
  await app.used.drafts.copyIn(true)
  expect(await db.rows('draft_assignment').toArray()).toMatchObject([{ responder_id: 'li' }])
  await app.used.run('undo')
  expect([await db.rows('draft_assignment').count(), await db.rows('shift').count()]).toEqual([0, 4])
  expect((await db.outbox.toArray()).map(row => row.name)).toEqual(['draft_shifts', 'assign', 'draft_shifts'])
})

/** A shift outside the week or inside it, and who has it; hours count from the Monday. */
async function duty(id: string, from: number, to: number, who: string, more: object = {}): Promise<void> {
  const [shift] = await db.rows('shift').where({ id: 's2' }).toArray()
  const span = { starts_at: iso(MONDAY + from * HOUR), ends_at: iso(MONDAY + to * HOUR) }
  const one = { ...shift!, ...span, id, ...more, _v: {} }
  const line = { id: `on ${id}`, community_id: 'c', shift_id: id, responder_id: who, name: who, _v: {} }
  const stays = { state: 'accepted', on_post_at: null, off_post_at: null, by_proxy: [] as never[] } as const
  await writing(db, ['shift', 'assignment', 'draft_assignment'], async (tables) => {
    await tables.rows('shift').put(one)
    if (one.state === 'draft') await tables.rows('draft_assignment').put(line)
    else await tables.rows('assignment').put({ ...line, ...span, ...stays })
  })
}
const against = (id: string): (string | null)[] => {
  const { blocked, soft } = app.used.people.found.find(p => p.id === id)!
  return [blocked, soft]
}

it('offers nobody who still serves a night of the week before; a drill of it counts for nothing', async () => {
  await writing(db, ['callout'], tables => tables.raw('callout').put({ id: 'd', kind: 'drill', _v: {} } as never))
  await duty('drill', -3, 8, 'li', { callout_id: 'd' })
  await duty('night', -2, 10, 'wang')
  await vi.waitFor(() => expect(against('wang')[0]).toContain('22:00–次日 10:00'))
  expect(await pick('wang')).toBe(false)
  expect(against('li')).toEqual([null, null])
})

it('knows a draft of the next week that its last night runs into', async () => {
  await duty('sunday', 6 * 24 + 22, 7 * 24 + 6, 'zhou', { state: 'draft', roster_id: 'draft' })
  await duty('next', 7 * 24 + 5, 7 * 24 + 9, 'li', { state: 'draft', roster_id: 'next' })
  const sunday = (): MatrixShift | undefined =>
    flatRows(app.used.week.whole).flatMap(({ row }) => row.cells).find(s => s?.id === 'sunday') ?? undefined
  await vi.waitUntil(sunday)
  await vi.waitFor(() => expect(app.used.people.judge('li', sunday()!, []).blocked).toContain('05:00–09:00'))
})

it('counts the days in a row since a week before', async () => {
  for (let day = -6; day < 0; day++) await duty(`day${day}`, day * 24 + 9, day * 24 + 11, 'wang')
  await vi.waitFor(() => expect(against('wang')).toEqual([null, expect.stringContaining('6 天')]))
})

it('publishes once, however often it is pressed', async () => {
  await Promise.all([app.used.drafts.publish(''), app.used.drafts.publish('')])
  await app.used.drafts.publish('')
  expect((await db.outbox.toArray()).map(row => row.name)).toEqual(['publish_roster'])
})

it('asks before it takes people off who were told', async () => {
  app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  await pick('li', '')
  await shows([[], [], ['李素芬']])
  await app.used.run('unassign')
  expect([app.used.sheet, app.used.removing.map(r => r.person.name)]).toEqual(['remove', ['李素芬']])
  await app.used.removeNow()
  await shows([[], [], []])
  expect(app.used.sheet).toBeNull()
})

it('announces nothing and undoes nothing when the phone is full', async () => {
  fullFor(db, 'outbox', 'add')
  await pick('wang')
  expect([notice.text, notice.undo]).toEqual(['手机存储已满，这一步没有记下。请清理空间后再点一次。', null])
  await vi.waitFor(() => expect(app.used.steps.canUndo).toBe(false))
  const at = MONDAY + 4 * DAY
  const shifts = [{ post_id: 'p', starts_at: iso(at), ends_at: iso(at + HOUR), capacity: 1 }]
  notice.clear()
  await app.used.drafts.create({ ...NOTHING_MET, shifts })
  expect(notice.text).toBe('手机存储已满，这一步没有记下。请清理空间后再点一次。')
  notice.clear()
  await app.used.drafts.publish('')
  expect(notice.text).toBe('手机存储已满，这一步没有记下。请清理空间后再点一次。')
})

it('publishes the drafts of the week', async () => {
  expect(app.used.drafts.diff.lines.map(l => l.shift.id)).toEqual(['s0', 's1'])
  await app.used.drafts.publish('')
  const queued = (await db.outbox.toArray()).map(row => [row.name, row.args])
  expect(queued).toEqual([['publish_roster', { roster_id: 'draft', version: 0, seen: await seenPeople(db, 'draft') }]])
})

it('leaves the draft of the next week to the next week, though its first day is read with this one', async () => {
  const next = MONDAY + 7 * DAY
  const roster = { id: 'next', community_id: 'c', name: '下周', state: 'draft', version: 0 }
  const shift = { id: 's7', community_id: 'c', post_id: 'p', org_unit_id: 'b', roster_id: 'next', callout_id: null }
  await writing(db, SYNCED_TABLES, async (tables) => {
    const days = { starts_on: dayKey(next), ends_on: dayKey(next + 6 * DAY) }
    await tables.raw('roster').put({ ...roster, ...days, _v: {} } as never)
    const span = { starts_at: iso(next + 2 * HOUR), ends_at: iso(next + 8 * HOUR) }
    const state = { state: 'draft', filled: 0, held: 0, to_pick: 0, capacity: 2 }
    await tables.raw('shift').put({ ...shift, ...span, ...state, _v: {} } as never)
  })
  await vi.waitUntil(() => app.used.week.data?.shifts.some(s => s.id === 's7'))
  await nextTick()
  expect(app.used.drafts.diff.lines.map(l => l.shift.id)).toEqual(['s0', 's1'])
})

it('shows one day where the week does not fit, and keeps the selection inside it', async () => {
  app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  of.oneDay = true
  await nextTick()
  expect([app.used.week.onlyDay, app.used.week.shift?.id]).toEqual([0, 's0'])
  app.used.week.day = 1
  expect([app.used.week.onlyDay, app.used.week.shift?.id]).toEqual([1, 's1'])
  app.used.week.day = 5
  expect([app.used.week.shown.groups, app.used.week.shift]).toEqual([[], null])
})
