import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

/** 可值守时间 and 今天不行 from a phone without a network to the places where a coordinator decides. */
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
  empty = await makeShift(pool, cast.world, new Date(clock.now() + 18 * 3_600_000), 3, 1)
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

const rows = async (text: string): Promise<unknown[]> => (await pool.query<Record<string, unknown>>(text)).rows
const reconnect = (): Promise<boolean> => {
  wire.mend()
  return phone.evaluate(() => dispatchEvent(new Event('online')))
}

it('says today in one tap, takes it back in one, and asks in full only in 应急', async () => {
  const today = 'select today from app.absence'
  await phone.goto('/')
  await phone.getByRole('button', { name: '今天不行' }).click()
  await phone.getByText('前不自动排班，召集也不询问').waitFor()
  await expectSound(phone)
  await expect.poll(() => rows(today), SOON).toEqual([{ today: true }])
  await phone.getByRole('button', { name: '撤销' }).click()
  await phone.getByRole('button', { name: '今天可以' }).waitFor()
  await expect.poll(() => rows(today), SOON).toEqual([])
  await pool.query(
    `insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
    values ($1, $2, '寒潮', '1', $3, now(), now(), now() + interval '72 hours')`,
    [randomUUID(), cast.world.community, cast.coordinator.login],
  )
  await phone.reload()
  await phone.getByRole('heading', { name: '今天能值守吗？' }).waitFor(SOON)
  await expectSound(phone)
  await phone.getByRole('button', { name: '今天可以' }).click()
  await phone.getByText('前有召集先问您').waitFor()
  await expect.poll(() => rows('select ready_until > now() as ready from app.availability'), SOON)
    .toEqual([{ ready: true }])
  await phone.getByRole('button', { name: '撤销' }).click()
  await expect.poll(() => rows('select id from app.availability'), SOON).toEqual([])
})

it('is said once, without a network, and shows where people are assigned and called out', async () => {
  await phone.goto('/me')
  await phone.getByRole('link', { name: /^可值守时间/ }).click()
  await phone.getByRole('checkbox', { name: '周一 白天' }).waitFor()
  wire.cut()
  for (const box of await phone.getByRole('checkbox').all()) await box.uncheck()
  await phone.getByText('没有勾选任何时段').waitFor()
  await expectSound(phone)
  await phone.getByRole('button', { name: '保存', exact: true }).click()
  await phone.getByText('待上传', { exact: true }).waitFor()
  const said = 'select id, fits from app.availability'
  expect(await rows(said)).toEqual([])
  await reconnect()
  await expect.poll(() => rows(said), SOON).toEqual([{ id: cast.first.responder, fits: [] }])

  // the picker: the others come first, and a reason lifts it
  const { rows: [unit] } = await pool.query<{ id: string }>(
    'select p.org_unit_id as id from app.shift s join app.post p on p.id = s.post_id where s.id = $1', [empty],
  )
  await desk.goto(`/board?at=${unit!.id}`)
  await desk.getByRole('button', { name: /^指派：/ }).first().click()
  await desk.getByRole('option', { name: /王建国/ }).getByText('不在可值守时间').waitFor(SOON)
  expect(await desk.getByRole('option').first().innerText()).not.toContain('王建国')
  await desk.getByRole('option', { name: /王建国/ }).click()
  await desk.getByLabel('理由（会留存）').fill('本人来电说可以')
  await desk.getByRole('button', { name: '写明理由派工' }).click()
  await expect.poll(() => rows('select limits, reason from app.override'), SOON)
    .toEqual([{ limits: ['off_hours'], reason: '本人来电说可以' }])

  // the list of people, where a coordinator enters it, and the preview of a call-out
  await desk.goto(`/people?person=${cast.first.responder}`)
  await desk.getByRole('dialog').getByText(/均不可/).waitFor()
  await desk.getByRole('button', { name: '修改可值守时间' }).click()
  await desk.getByRole('checkbox', { name: '周日 夜里' }).check()
  await expectSound(desk)
  await desk.getByRole('button', { name: '替本人保存' }).click()
  await desk.getByText(/周日：夜里/).waitFor()
  await phone.getByText(/代填/).waitFor(SOON)
  expect(await phone.getByRole('checkbox', { name: '周日 夜里' }).isChecked()).toBe(true)
  await desk.getByRole('button', { name: '修改可值守时间' }).click()
  await desk.getByRole('checkbox', { name: '周日 夜里' }).uncheck()
  await desk.getByRole('button', { name: '替本人保存' }).click()
  await desk.getByText(/周日：夜里/).waitFor({ state: 'hidden' })
  await desk.goto('/callout/new')
  await desk.getByRole('button', { name: /打开梧桐苑|梧桐苑/ }).first().click()
  await desk.getByText('1栋', { exact: true }).click()
  await desk.getByRole('listitem').filter({ hasText: '不在可值守时间' }).getByText('1', { exact: true }).waitFor()
})
