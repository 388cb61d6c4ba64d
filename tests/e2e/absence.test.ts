import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { DAY, dayKey } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

/** 请假 from a phone without a network to the places where a coordinator decides. */
let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let phone: Page
let desk: Page
let empty: string
const SOON = { timeout: 60_000, interval: 200 }

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  const later = new Date(clock.now() + 40 * 3_600_000)
  const theirs = await makeShift(pool, cast.world, later, 3, 1)
  empty = await makeShift(pool, cast.world, new Date(clock.now() + 18 * 3_600_000), 3, 1)
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select $1, s.id, $3, s.starts_at, s.ends_at, 'accepted', now() from app.shift s where s.id = $2`,
    [randomUUID(), theirs, cast.first.responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [theirs])
  wire = await layWire(app.backend.url)
  phone = await signIn(await profile(app.browser, wire.url, PHONE), cast.first)
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await wire?.close()
  await pool?.end()
  await app?.close()
})

it('is said without a network, is not lost, and shows where people are assigned and called out', async () => {
  await phone.goto('/me')
  await phone.getByRole('link', { name: /^请假/ }).tap()
  wire.cut()
  await phone.getByLabel('从', { exact: true }).fill(dayKey(clock.now()))
  await phone.getByLabel('到（含当天）').fill(dayKey(clock.now() + 2 * DAY))
  await phone.getByLabel('事由（可不写）').fill('带父母看病，13800001111')
  await phone.getByText('这段时间您已有 1 班').waitFor()
  await expectSound(phone)
  await phone.getByRole('button', { name: '请假', exact: true }).tap()
  await phone.getByRole('listitem').filter({ hasText: '带父母看病，***' }).getByText('待上传').waitFor()
  const said = 'select responder_id, reason from app.absence'
  expect((await pool.query(said)).rows).toEqual([])
  wire.mend()
  await phone.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(async () => (await pool.query(said)).rows, SOON)
    .toEqual([{ responder_id: cast.first.responder, reason: '带父母看病，***' }])
  await phone.getByRole('listitem').getByText('待上传').waitFor({ state: 'hidden' })

  // the picker: a reason lifts it
  const { rows: [unit] } = await pool.query<{ id: string }>(
    'select p.org_unit_id as id from app.shift s join app.post p on p.id = s.post_id where s.id = $1', [empty],
  )
  await desk.goto(`/board?at=${unit!.id}`)
  await desk.getByRole('button', { name: /^指派：/ }).first().click()
  await desk.getByRole('option', { name: /王建国/ }).getByText(/^请假/).waitFor(SOON)
  await desk.getByRole('option', { name: /王建国/ }).click()
  await desk.getByLabel('理由（会留存）').fill('本人答应回来值')
  await desk.getByRole('button', { name: '写明理由派工' }).click()
  const kept = 'select limits, reason from app.override'
  await expect.poll(async () => (await pool.query(kept)).rows, SOON)
    .toEqual([{ limits: ['away'], reason: '本人答应回来值' }])

  // the list of people, and the preview of a call-out
  await desk.goto(`/people?person=${cast.first.responder}`)
  await desk.getByRole('dialog').getByText('带父母看病，***').waitFor()
  await expectSound(desk)
  await desk.goto('/callout/new')
  await desk.getByRole('button', { name: /打开梧桐苑|梧桐苑/ }).first().click()
  await desk.getByText('1栋', { exact: true }).click()
  await desk.getByRole('listitem').filter({ hasText: '本人请假' }).getByText('1', { exact: true }).waitFor()
})
