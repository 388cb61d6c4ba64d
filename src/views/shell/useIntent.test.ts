import type { Intents } from './useIntent.ts'
import { randomUUID } from 'node:crypto'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSSRApp, shallowRef } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { i18n } from '#i18n/index.ts'
import { DB } from '#queries/useDb.ts'
import { useNotice } from '#stores/notice.ts'
import { DEPS } from './deps.ts'
import { useIntent } from './useIntent.ts'
import '../../../tests/fakes/indexeddb.ts'

const pinia = createPinia()
const notice = useNotice(pinia)
const mutate = vi.fn<(name: string, args: object) => Promise<string>>()
const yes = { assignment_id: 'a', shift_id: 's', offer_id: null, eta_min: null, on_full: 'refuse', waitlist_id: 'w' } as const
let db: AppDb
let intents: Intents

/** The composable inside a component, with what main.ts gives. */
beforeEach(async () => {
  db = new AppDb(randomUUID())
  mutate.mockReset().mockResolvedValue('m')
  notice.clear()
  const app = createSSRApp({
    setup() {
      intents = useIntent()
      return () => null
    },
  })
  await renderToString(app.use(pinia).use(i18n).provide(DB, shallowRef(db)).provide(DEPS, { mutate, id: randomUUID } as never))
})
afterEach(() => db.delete())

it('says the words once the tap is kept, with a way back', async () => {
  const undo = vi.fn(() => Promise.resolve(true))
  expect(await intents.send('withdraw', { assignment_id: 'a', reason: 'ill' }, '已退出', undo)).toBe(true)
  expect(mutate.mock.calls).toEqual([['withdraw', { assignment_id: 'a', reason: 'ill' }]])
  expect(notice.text).toBe('已退出')
  notice.undo!()
  expect(undo).toHaveBeenCalledOnce()
})

it('says nothing where the screen shows it', async () => {
  expect(await intents.send('leave_waitlist', { waitlist_id: 'w' }, null)).toBe(true)
  expect(notice.text).toBeNull()
})

it.each([
  [Object.assign(new Error('x'), { code: 'quota' }), '手机存储已满，这一步没有记下。请清理空间后再点一次。'],
  [new Error('x'), '这一步没有记下，请再点一次。'],
])('says why it was not kept, and never the words of success (%s)', async (error, words) => {
  mutate.mockRejectedValue(error)
  expect(await intents.send('withdraw', { assignment_id: 'a', reason: 'ill' }, '已退出')).toBe(false)
  expect([notice.text, notice.undo]).toEqual([words, null])
})

it('writes one claim for two taps on one shift, from any screen of the tab', async () => {
  const kept = await Promise.all([
    intents.send('accept_shift', yes, '已接单'),
    intents.send('join_waitlist', { waitlist_id: 'x', shift_id: 's' }, null),
    intents.send('accept_shift', { ...yes, shift_id: 'other' }, null),
  ])
  expect(kept).toEqual([true, false, true])
  expect(mutate).toHaveBeenCalledTimes(2)
})

it('writes no second claim on a shift this phone claims already; after a failure the next tap may', async () => {
  mutate.mockRejectedValueOnce(new Error('x'))
  expect(await intents.send('accept_shift', yes, null)).toBe(false)
  expect(await intents.send('accept_shift', yes, null)).toBe(true)
  const mine = { id: 'a', shift_id: 's', state: 'accepted', _v: {} } as never
  await writing(db, ['my_assignment'], () => db.rows('my_assignment').put(mine))
  expect(await intents.send('accept_shift', yes, '已接单')).toBe(false)
  expect(mutate).toHaveBeenCalledTimes(2)
})
