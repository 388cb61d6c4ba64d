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
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

/** What people of a community do in an ordinary week: give a place back, open and end 应急, leave. */
let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let phone: Page
let desk: Page
let assignment: string
const SOON = { timeout: 60_000, interval: 200 }

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  // one coordinator, who is the last
  await pool.query('delete from app.role_grant where login_id = $1', [cast.world.coordinator.login])
  const shift = await makeShift(pool, cast.world, new Date(clock.now() + 6 * 3_600_000), 3, 1)
  assignment = randomUUID()
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select $1, s.id, $3, s.starts_at, s.ends_at, 'accepted', now() from app.shift s where s.id = $2`,
    [assignment, shift, cast.first.responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [shift])
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

const rows = async (text: string, values: unknown[] = []): Promise<unknown[]> => (await pool.query(text, values)).rows

it('a person gives a place back without a network; it is free when the phone comes back', async () => {
  const place = `
    select a.state::text, a.left_because as reason, s.filled
    from app.assignment a
    join app.shift s on s.id = a.shift_id
    where a.id = $1`
  wire.cut()
  await phone.getByRole('link', { name: '去不了了' }).click()
  const sheet = phone.getByRole('dialog', { name: '去不了了' })
  await sheet.getByText('梧桐苑 1栋。名额会马上放出来').waitFor()
  await sheet.getByRole('radio', { name: '身体不适' }).check()
  await sheet.getByRole('button', { name: '确定退出' }).click()
  await phone.getByText('退出班次 · 待上传').waitFor()
  expect(await rows(place, [assignment])).toEqual([{ state: 'accepted', reason: null, filled: 1 }])
  wire.mend()
  await phone.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(async () => rows(place, [assignment]), SOON)
    .toEqual([{ state: 'withdrawn', reason: 'ill', filled: 0 }])
  await phone.getByText('退出班次 · 待上传').waitFor({ state: 'hidden' })
  expect(await phone.getByRole('link', { name: '去不了了' }).count()).toBe(0)
})

it('opens, renews and ends 应急 on one page, and every phone says so', async () => {
  wire.mend()
  const strip = phone.getByRole('note', { name: '当前模式' })
  await strip.getByText('不要求到岗签到').waitFor()
  await desk.goto('/mode')
  await desk.getByLabel('事由').fill('防汛Ⅱ级响应')
  await desk.getByLabel('文件号').fill('宁街应急〔2026〕18号')
  await desk.getByRole('button', { name: '开启 24 小时' }).click()
  await strip.getByText('应急响应中 · 防汛Ⅱ级响应').waitFor()
  await strip.getByText('甲社区 · 陈立群 开启').waitFor()
  const hours = `
    select round(extract(epoch from expires_at - renewed_at) / 3600)::int as hours, state::text
    from app.mode`
  await expect.poll(async () => rows(hours), SOON).toEqual([{ hours: 24, state: 'open' }])
  await desk.getByRole('radio', { name: '48 小时' }).check()
  await desk.getByRole('button', { name: /^续期 48 小时/ }).click()
  await expect.poll(async () => rows(hours), SOON).toEqual([{ hours: 48, state: 'open' }])
  await desk.getByRole('button', { name: '结束应急', exact: true }).click()
  await desk.getByRole('button', { name: '结束应急，回到平时' }).click()
  await expect.poll(async () => rows(hours), SOON).toEqual([{ hours: 48, state: 'closed' }])
  await strip.getByText('不要求到岗签到').waitFor()
  await desk.getByText('现在是平时').waitFor()
})

/** Opens the sheet of 退出社区 and answers it. */
async function leave(page: Page): Promise<void> {
  await page.goto('/me/account')
  await page.getByRole('button', { name: /甲社区/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '退出社区' }).click()
}

it('keeps the last coordinator, who reads why, and lets a person go', async () => {
  const roles = 'select role::text from app.role_grant where login_id = $1'
  await leave(desk)
  await desk.getByRole('alertdialog').getByText('社区书记', { exact: true }).waitFor()
  await desk.getByText('请先请街道或管理员任命另一位').waitFor()
  expect(await rows(roles, [cast.coordinator.login])).toEqual([{ role: 'coordinator' }])
  await leave(phone)
  const left = `select state::text from app.report_in where responder_id = $1`
  await expect.poll(async () => rows(left, [cast.first.responder]), SOON).toEqual([{ state: 'ended' }])
  await phone.getByRole('button', { name: /甲社区/ }).waitFor({ state: 'hidden' })
})
