import type { Deps } from '#views/shell/deps.ts'
import type { Steps } from './useSteps.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso, startOfDay } from '#domain/time.ts'
import { mutate } from '#mutators/mutate.ts'
import { DB } from '#queries/live.ts'
import { addStep, dropOldSteps, nextStep, STEPS_KEPT } from '#queries/stepRows.ts'
import { useNotice } from '#stores/notice.ts'
import { DEPS } from '#views/shell/deps.ts'
import { clock } from '../../../../tests/clock.ts'
import { fullFor } from '../../../../tests/fakes/fullDisk.ts'
import { inApp } from '../../../../tests/fakes/inApp.ts'
import { i18n } from '../../../../tests/fakes/words.ts'
import { useSteps } from './useSteps.ts'
import '../../../../tests/fakes/indexeddb.ts'

const FIRST = startOfDay(clock.now()) + DAY
const at = { place: 'c week', until: FIRST + 7 * DAY }
/** the week that is shown */
let shown = at
const HEAD = {
  roster_id: 'r', community_id: 'c', name: '周', starts_on: dayKey(FIRST), ends_on: dayKey(FIRST + 6 * DAY),
}
const pinia = createPinia()
const notice = useNotice(pinia)
let db: AppDb
let app: { used: Steps, unmount: () => void }

/** The editor as it is after a reload. */
function open(): void {
  const ctx = { login: 'u', now: clock.now, id: randomUUID }
  const deps = { id: randomUUID, mutate: ((name, args) => mutate(db, name, args, ctx)) as Deps['mutate'] }
  app = inApp(() => useSteps(() => shown), [pinia, i18n], [[DB, shallowRef(db)], [DEPS, deps]])
}
function reload(): void {
  app.unmount()
  open()
}
const span = (n: number): { starts_at: string, ends_at: string } =>
  ({ starts_at: iso(FIRST + n * DAY), ends_at: iso(FIRST + n * DAY + 4 * HOUR) })
const shiftRow = (n: number): object => ({
  ...{ id: `s${n}`, community_id: 'c', post_id: 'p', org_unit_id: 'b', roster_id: 'r', callout_id: null },
  ...{ state: 'draft', filled: 0, held: 0, to_pick: 0, capacity: 2, ...span(n), _v: {} },
})
/** What somebody else did, as a sync brings it. */
async function meanwhile(tbl: 'shift' | 'roster' | 'draft_assignment', row: object): Promise<void> {
  await writing(db, [tbl], async tables => void await tables.raw(tbl).put({ _v: {}, ...row } as never))
}
async function theirs(shift_id: string, responder_id: string): Promise<void> {
  const line = { id: `${shift_id} ${responder_id}`, community_id: 'c', shift_id, responder_id, name: '' }
  await meanwhile('draft_assignment', line)
}
beforeEach(async () => {
  db = new AppDb(randomUUID())
  notice.clear()
  shown = at
  const { roster_id: id, ...roster } = HEAD
  await meanwhile('roster', { id, ...roster, state: 'draft', version: 1 })
  for (const n of [0, 1, 2]) await meanwhile('shift', shiftRow(n))
  await writing(db, ['post'], async tables => void await tables.raw('post').put({
    ...{ id: 'p', community_id: 'c', org_unit_id: 'b', name: '门岗', kind: 'gate', night_minimum: 0 }, _v: {},
  } as never))
  open()
})
afterEach(async () => {
  vi.restoreAllMocks()
  app.unmount()
  await db.delete()
})
/** Who is on s0, s1 and s2. */
async function people(): Promise<string[][]> {
  const lines = await db.rows('draft_assignment').toArray()
  return ['s0', 's1', 's2'].map(id => lines.filter(l => l.shift_id === id).map(l => l.responder_id).sort())
}
const put = (responder_id: string, ...shifts: string[]): Promise<boolean> =>
  app.used.assign(shifts.map(shift_id => ({ shift_id, responder_id, name: '' })))
const ways = async (undo: boolean, redo: boolean): Promise<void> =>
  vi.waitFor(() => expect([app.used.canUndo, app.used.canRedo]).toEqual([undo, redo]))

it('stops at the first line that is not kept, says so, and undoes only what was', async () => {
  const enough = fullFor(db, 'outbox', 'add', 2)
  expect(await put('wang', 's0', 's1', 's2')).toBe(false)
  expect(await people()).toEqual([['wang'], ['wang'], []])
  enough()
  expect(await app.used.undo()).toBe(true)
  expect(await people()).toEqual([[], [], []])
  await ways(false, true)
  expect(await app.used.redo()).toBe(true)
  expect(await people()).toEqual([['wang'], ['wang'], []])
})

it('has nothing to undo when nothing was kept, and keeps what could not be undone', async () => {
  const enough = fullFor(db, 'outbox', 'add')
  expect(await put('wang', 's0')).toBe(false)
  await ways(false, false)
  enough()
  expect(await put('wang', 's0', 's1')).toBe(true)
  const enoughAgain = fullFor(db, 'outbox', 'add', 1)
  expect(await app.used.undo()).toBe(false)
  expect(await people()).toEqual([['wang'], [], []])
  await ways(true, true)
  enoughAgain()
  expect(await app.used.undo()).toBe(true)
  expect(await people()).toEqual([[], [], []])
  expect([await app.used.redo(), await people()]).toEqual([true, [['wang'], ['wang'], []]])
})

it('changes nothing where the phone has no room for the step', async () => {
  fullFor(db, 'step', 'add')
  expect(await put('wang', 's0')).toBe(false)
  expect([await people(), await db.outbox.count()]).toEqual([[[], [], []], 0])
  expect(notice.text).toBe('手机存储已满，这一步没有记下。请清理空间后再点一次。')
})

it('goes back as many steps as undo was pressed, however fast', async () => {
  for (const shift of ['s0', 's1', 's2']) await put('wang', shift)
  expect(await Promise.all([app.used.undo(), app.used.undo()])).toEqual([true, true])
  expect(await people()).toEqual([['wang'], [], []])
  expect(await Promise.all([app.used.redo(), app.used.redo(), app.used.redo()])).toEqual([true, true, false])
  expect(await people()).toEqual([['wang'], ['wang'], ['wang']])
})

it('plays a press in the week that it was made in, whatever is shown when its turn comes', async () => {
  const later = { place: 'c later', until: at.until + 7 * DAY }
  const made = put('wang', 's0')
  const undone = app.used.undo()
  shown = later
  expect([await made, await undone, await people()]).toEqual([true, true, [[], [], []]])
  shown = at
  const redone = app.used.redo()
  shown = later
  expect([await redone, await people()]).toEqual([true, [['wang'], [], []]])
  expect(await nextStep(db, later.place, 'undo')).toBeUndefined()
})

it('undoes and redoes fifty steps after a reload', async () => {
  for (let n = 0; n < 25; n++) {
    await put('wang', 's0')
    await app.used.unassign([{ shift_id: 's0', responder_id: 'wang', name: '' }])
  }
  await put('li', 's1')
  reload()
  await ways(true, false)
  for (let n = 0; n < 51; n++) expect(await app.used.undo()).toBe(true)
  expect([await people(), await app.used.undo()]).toEqual([[[], [], []], false])
  reload()
  await ways(false, true)
  for (let n = 0; n < 51; n++) expect(await app.used.redo()).toBe(true)
  expect([await people(), notice.text]).toEqual([[[], ['li'], []], null])
})

it('forgets what was undone when another step is made', async () => {
  await put('wang', 's0')
  await put('wang', 's1')
  await app.used.undo()
  await put('li', 's2')
  await ways(true, false)
  await app.used.undo()
  await app.used.undo()
  await app.used.redo()
  expect(await people()).toEqual([['wang'], [], []])
  await app.used.redo()
  expect([await people(), await app.used.redo()]).toEqual([[['wang'], [], ['li']], false])
})

it('keeps the newest steps, each week or month its own, until its last day is over', async () => {
  for (let n = 0; n <= STEPS_KEPT; n += 2) {
    await put('wang', 's0')
    await app.used.unassign([{ shift_id: 's0', responder_id: 'wang', name: '' }])
  }
  const later = { place: 'c month', until: at.until + DAY }
  await addStep(db, later, [{}])
  expect([await db.step.count(), (await nextStep(db, later.place, 'undo'))?.moves]).toEqual([STEPS_KEPT + 1, [{}]])
  expect(await dropOldSteps(db, at.until - 1)).toBe(0)
  expect(await dropOldSteps(db, at.until)).toBe(STEPS_KEPT)
})

it('leaves a shift alone that somebody else has changed since, and says so', async () => {
  await put('wang', 's0', 's1')
  const line = (await db.rows('draft_assignment').where('shift_id').equals('s0').toArray())[0]!
  await writing(db, ['draft_assignment'], tables => tables.raw('draft_assignment').delete(line.id))
  await theirs('s0', 'li')
  await app.used.undo()
  expect([await people(), notice.text]).toEqual([[['li'], [], []], '1 个班次后来有改动，保持不变'])
})

it('puts nobody back on a place that somebody else has given away', async () => {
  await put('wang', 's0')
  await app.used.unassign([{ shift_id: 's0', responder_id: 'wang', name: '' }])
  await theirs('s0', 'li')
  await theirs('s0', 'zhou')
  await app.used.undo()
  expect([(await people())[0], notice.text]).toEqual([['li', 'zhou'], '1 个班次后来有改动，保持不变'])
  await ways(true, false)
})

it('does not drop a draft that somebody else has planned people on', async () => {
  const add = [3, 4].map(n => ({ id: `s${n}`, post_id: 'p', capacity: 2, ...span(n) }))
  await app.used.run([{ kind: 'draft', head: HEAD, add, drop: [] }])
  await theirs('s3', 'li')
  await app.used.undo()
  const drafts = (await db.rows('shift').toArray()).map(s => s.id).sort()
  expect([drafts, await db.rows('draft_assignment').count()]).toEqual([['s0', 's1', 's2', 's3'], 1])
  expect(notice.text).toBe('1 个班次后来有改动，保持不变')
  // and does not make one where its post has got another
  await meanwhile('shift', { ...shiftRow(4), id: 'theirs' })
  await app.used.redo()
  expect((await db.rows('shift').toArray()).map(s => s.id).sort()).toEqual(['s0', 's1', 's2', 's3', 'theirs'])
})

/** s0 is moved some days on. */
const moved = (days: number): Promise<boolean> =>
  app.used.run([{ kind: 'move', shift_id: 's0', from: span(0), to: span(days), reason: null }])
const begins = async (): Promise<string> => (await db.rows('shift').get('s0'))!.starts_at

it('moves a draft back and forth, after a reload too', async () => {
  await put('wang', 's0')
  await moved(4)
  reload()
  await ways(true, false)
  expect([await begins(), await app.used.undo(), await begins()]).toEqual([span(4).starts_at, true, span(0).starts_at])
  expect([await app.used.redo(), await begins(), await people()]).toEqual([true, span(4).starts_at, [['wang'], [], []]])
})

const CHANGED = '1 个班次后来有改动，保持不变'
it.each<[string, () => Promise<void>, string]>([
  ['has got somebody new', () => theirs('s0', 'li'), CHANGED],
  ['was moved again', () => meanwhile('shift', { ...shiftRow(0), ...span(6) }), CHANGED],
  ['has its old time taken by another', () => meanwhile('shift', { ...shiftRow(0), id: 'theirs' }), CHANGED],
  ['was dropped', () => writing(db, ['shift'], async t => void await t.raw('shift').delete('s0')), CHANGED],
  ['was published', () => meanwhile('shift', { ...shiftRow(0), ...span(4), state: 'open' }),
    '1 个班次已经发布，保持不变，请逐个修改'],
])('leaves a moved draft alone that %s', async (_, change, words) => {
  await moved(4)
  await change()
  const left = await db.rows('shift').toArray()
  expect([await app.used.undo(), notice.text]).toEqual([true, words])
  expect(await db.rows('shift').toArray()).toEqual(left)
})

it('stops at a change of a published shift, and undoes what came after it', async () => {
  await put('wang', 's1')
  await meanwhile('shift', { ...shiftRow(0), state: 'open' })
  await app.used.run([{ kind: 'cancel', shift_id: 's0', reason: null }])
  await put('li', 's1')
  reload()
  await ways(true, false)
  expect([await app.used.undo(), await people()]).toEqual([true, [[], ['wang'], []]])
  expect([await app.used.undo(), await app.used.undo(), await people()]).toEqual([false, false, [[], ['wang'], []]])
  expect(notice.text).toBe('上一步取消了已发布的班次，不能撤销；要恢复，请再建一班')
  expect([await app.used.redo(), await people()]).toEqual([true, [[], ['li', 'wang'], []]])
})

it('names drafts with all their people when they go, however many pushes that takes', async () => {
  const at = (n: number): string => iso(FIRST + 12 * DAY + n * HOUR)
  const add = Array.from({ length: 60 }, (_, n) =>
    ({ id: randomUUID(), post_id: 'p', capacity: 20, starts_at: at(n), ends_at: at(n + 1) }))
  const lines = add.flatMap(s => Array.from({ length: 20 }, () => ({ shift_id: s.id, responder_id: randomUUID() })))
  await app.used.run([
    { kind: 'draft', head: HEAD, add, drop: [] },
    ...lines.map(line => ({ kind: 'assign' as const, line: { ...line, name: '' } })),
  ])
  expect([await app.used.undo(), await db.rows('draft_assignment').count()]).toEqual([true, 0])
  const sent = (await db.outbox.toArray()).filter(row => row.name === 'draft_shifts').slice(1)
  const seen = sent.flatMap(row => (row.args as { seen: { people: string[] }[] }).seen)
  expect([sent.length > 1, seen.flatMap(s => s.people).length]).toEqual([true, lines.length])
})

it('takes nobody off who has been asked since', async () => {
  await put('wang', 's0')
  const line = (await db.rows('draft_assignment').toArray())[0]!
  await writing(db, ['shift', 'assignment', 'draft_assignment'], async (tables) => {
    await tables.raw('shift').put({ ...shiftRow(0), state: 'open', filled: 1 } as never)
    await tables.raw('draft_assignment').delete(line.id)
    const placed = { ...line, ...span(0), state: 'assigned', on_post_at: null, off_post_at: null }
    await tables.raw('assignment').put(placed as never)
  })
  await app.used.undo()
  expect((await db.rows('assignment').toArray()).map(a => a.state)).toEqual(['assigned'])
  expect(notice.text).toBe('1 个班次已经发布，保持不变，请逐个修改')
})

it('shows the next person who signs in on this phone none of it', async () => {
  await put('wang', 's0')
  app.unmount()
  const mine = db
  db = new AppDb(randomUUID())
  open()
  await db.step.count()
  expect([app.used.canUndo, await app.used.undo()]).toEqual([false, false])
  await mine.delete()
})

it('makes one step of one tap', async () => {
  await Promise.all([put('wang', 's0'), put('wang', 's0')])
  expect([await db.step.count(), await db.outbox.count()]).toEqual([1, 1])
})
