import type { Deps } from './deps.ts'
import type { Intents } from './useIntent.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { ECHO } from '#components/ui/presses.ts'
import { AppDb } from '#db/db.ts'
import { writeMeta } from '#db/meta.ts'
import { writing } from '#db/write.ts'
import { mutate } from '#mutators/mutate.ts'
import { DB } from '#queries/live.ts'
import { useNotice } from '#stores/notice.ts'
import { clock } from '../../../tests/clock.ts'
import { fullFor } from '../../../tests/fakes/fullDisk.ts'
import { inApp } from '../../../tests/fakes/inApp.ts'
import { i18n } from '../../../tests/fakes/words.ts'
import { DEPS } from './deps.ts'
import { useIntent } from './useIntent.ts'
import '../../../tests/fakes/indexeddb.ts'

const pinia = createPinia()
const notice = useNotice(pinia)
const own = { assignment_id: 'a', waitlist_id: 'w' }
const yes = { ...own, shift_id: 's', offer_id: null, eta_min: null, on_full: 'refuse' } as const
const leave = { assignment_id: 'a', reason: 'ill' } as const
let db: AppDb
let app: ReturnType<typeof inApp<Intents>>

beforeEach(() => {
  db = new AppDb(randomUUID())
  notice.clear()
  const ctx = { login: 'u', now: clock.now, id: randomUUID }
  const deps = { id: randomUUID, mutate: ((name, args) => mutate(db, name, args, ctx)) as Deps['mutate'] }
  app = inApp(useIntent, [pinia, i18n], [[DB, shallowRef(db)], [DEPS, deps]])
})
afterEach(async () => {
  vi.restoreAllMocks()
  app.unmount()
  await db.delete()
})
const send: Intents['send'] = (...tap) => app.used.send(...tap)
const queued = async (): Promise<string[]> => (await db.outbox.toArray()).map(row => row.name)

it('says the words once the tap is kept, with a way back', async () => {
  const undo = vi.fn(() => Promise.resolve(true))
  expect(await send('withdraw', leave, '已退出', undo)).toBe(true)
  expect([await queued(), notice.text]).toEqual([['withdraw'], '已退出'])
  notice.undo!()
  expect(undo).toHaveBeenCalledOnce()
})

it('says nothing where the screen shows it', async () => {
  expect(await send('leave_waitlist', { waitlist_id: 'w' }, null)).toBe(true)
  expect([await queued(), notice.text]).toEqual([['leave_waitlist'], null])
})

it('says that the phone is full, and never the words of success', async () => {
  fullFor(db, 'outbox', 'add')
  expect(await send('withdraw', leave, '已退出', () => Promise.resolve())).toBe(false)
  expect([notice.text, notice.undo]).toEqual(['手机存储已满，这一步没有记下。请清理空间后再点一次。', null])
})

it('says that it was not kept, whatever the reason', async () => {
  await writeMeta(db, { closing: true })
  expect(await send('withdraw', leave, '已退出')).toBe(false)
  expect([await queued(), notice.text]).toEqual([[], '这一步没有记下，请再点一次。'])
})

it('writes one claim for two taps on one shift, from any screen of the tab', async () => {
  const kept = await Promise.all([
    send('accept_shift', yes, '已接单'),
    send('join_waitlist', { waitlist_id: 'x', shift_id: 's' }, null),
    send('accept_shift', { ...yes, shift_id: 'other' }, null),
  ])
  expect(kept).toEqual([true, false, true])
  expect(await queued()).toEqual(['accept_shift', 'accept_shift'])
})

it('keeps a yes for somebody else beside the own claim on that shift', async () => {
  expect(await send('accept_shift', yes, null)).toBe(true)
  expect(await send('accept_for', { assignment_id: 'theirs' }, '已代确认')).toBe(true)
  expect([await queued(), notice.text]).toEqual([['accept_shift', 'accept_for'], '已代确认'])
})

it('writes no second claim on a shift this phone claims already; after a failure the next tap may', async () => {
  const room = fullFor(db, 'outbox', 'add')
  expect(await send('accept_shift', yes, null)).toBe(false)
  room()
  expect(await send('accept_shift', yes, null)).toBe(true)
  const mine = { id: 'a', shift_id: 's', state: 'accepted', _v: {} } as never
  await writing(db, ['my_assignment'], () => db.rows('my_assignment').put(mine))
  expect(await send('accept_shift', yes, '已接单')).toBe(false)
  expect(await queued()).toEqual(['accept_shift'])
})

it('writes one intent for two taps on one button, and answers both alike', async () => {
  const call = (result: 'no_answer' | 'declined') =>
    send('log_call', { offer_id: 'o', result, assignment_id: app.used.id(), waitlist_id: app.used.id() }, '已记下')
  expect(await Promise.all([call('no_answer'), call('no_answer')])).toEqual([true, true])
  expect(await call('no_answer')).toBe(true)
  expect(await queued()).toEqual(['log_call'])
  expect(await call('declined')).toBe(true)
  expect(await call('no_answer')).toBe(true)
  expect(await queued()).toHaveLength(3)
})

it('takes the same intent for a new tap when another came in between, or the moment has passed', async () => {
  const off = (assignment_id: string) => send('unassign', { assignment_id, reason: null }, null)
  await Promise.all([off('a'), off('b'), off('a')])
  expect(await queued()).toHaveLength(3)
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + ECHO)
  await off('a')
  expect(await queued()).toHaveLength(4)
})

it('does not take ids that were made for an earlier intent for those of an echo', async () => {
  const [first, second] = [app.used.id(), app.used.id()]
  await send('assign', { assignment_id: first, shift_id: 's', responder_id: 'r' }, null)
  expect(await Promise.all([first, second].map(id => send('unassign', { assignment_id: id, reason: null }, null))))
    .toEqual([true, true])
  expect(await queued()).toEqual(['assign', 'unassign', 'unassign'])
})
