import type { BrowserContext, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dayKey } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, profile, startApp } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'

/** What a sheet was said to mean is known again to the person who said it, without numbers, until they sign out. */
let app: App
let cast: Cast
let desk: BrowserContext
let page: Page
beforeAll(async () => {
  app = await startApp({ demo: 'no' })
  const pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  await pool.end()
  desk = await profile(app.browser, app.backend.url, DESKTOP)
  page = await signIn(desk, cast.coordinator)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => app?.close())

const NUMBER = '19900077001'
/** A sheet whose place is no post and holds somebody's number. */
const sheet = (): { name: string, mimeType: string, buffer: Buffer } => {
  const rows = `日期,岗位,时段,姓名\n${dayKey(clock.now())},老槐树下 ${NUMBER},20:00-22:00,王建国\n`
  return { name: '值班表.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) }
}
/** Opens the import of the roster with that sheet, and answers the field of its place. */
async function open(): Promise<ReturnType<Page['getByLabel']>> {
  await page.goto('/roster')
  await page.getByRole('button', { name: '导入表格' }).click()
  await page.locator('input[type=file]').setInputFiles(sheet())
  return page.getByRole('dialog').getByLabel('老槐树下')
}
const storage = (): Promise<string> => page.evaluate(() => JSON.stringify(localStorage))

it('knows the place again, keeps no number, and forgets at sign-out', async () => {
  const place = await open()
  await place.selectOption({ index: 1 })
  const post = await place.inputValue()
  expect(post).not.toBe('')
  await expect.poll(storage).toMatch(`redwhistle-roster-places-${cast.coordinator.login}`)
  expect(await storage()).not.toContain(NUMBER)
  expect(await (await open()).inputValue()).toBe(post)
  await page.goto('/me')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '确定退出' }).click()
  await page.getByLabel('手机号或登录名').waitFor()
  await expect.poll(storage).not.toMatch(/roster-places/)
})
