import type pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { DAY, dayKey, startOfWeek } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let desk: Page
let phone: Page
const SOON = { timeout: 30_000 }

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  phone = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.coordinator)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

const drafts = async (): Promise<number> =>
  Number((await pool.query(`select count(*) as n from app.shift where state = 'draft'`)).rows[0].n)
async function waitForDrafts(n: number): Promise<void> {
  await expect.poll(drafts, SOON).toBe(n)
}

/** The roster of next week, of which no hour is over. */
const NEXT_WEEK = `/roster?week=${dayKey(startOfWeek(clock.now() + 7 * DAY))}`
async function openRoster(page: Page): Promise<void> {
  await page.goto(`${app.backend.url}${NEXT_WEEK}`)
  await page.getByRole('button', { name: '按规律填充' }).first().click()
  await page.getByRole('dialog').waitFor()
}

it('fills 6×4 over 8×3 only as the coordinator says, and takes it back in one step', async () => {
  await openRoster(desk)
  const form = desk.getByRole('dialog')
  await form.getByRole('radio', { name: '8×3时' }).check({ force: true })
  await form.getByRole('checkbox', { name: /^全选/ }).check()
  await form.getByRole('button', { name: /^建 \d+ 个班次/ }).click()
  await desk.getByText(/^已建 \d+ 个班次/).waitFor()
  await expect.poll(drafts, SOON).toBeGreaterThan(0)
  const first = await drafts()
  await desk.getByRole('button', { name: '按规律填充' }).first().click()
  await form.getByRole('radio', { name: '6×4时' }).check({ force: true })
  await form.getByRole('checkbox', { name: /^全选/ }).check()
  await form.getByText(/与已有班次时间重叠/).waitFor()
  expect(await form.getByRole('button', { name: '建 0 个班次（草稿）' }).getAttribute('aria-disabled')).toBe('true')
  await form.getByRole('radio', { name: '替换草稿' }).check({ force: true })
  await form.getByRole('button', { name: /^建 \d+ 个班次/ }).click()
  await waitForDrafts(first * 6 / 8)
  await desk.getByRole('button', { name: '撤销', exact: true }).first().click()
  await waitForDrafts(first)
  await desk.getByRole('button', { name: '重做' }).click()
  await waitForDrafts(first * 6 / 8)
}, 120_000)

it('takes back without a network what was done without it, and the server ends where the screen does', async () => {
  const before = await drafts()
  const press = (name: string): Promise<void> => desk.getByRole('button', { name, exact: true }).first().click()
  await desk.context().setOffline(true)
  await press('撤销')
  await desk.getByText(/1 条待上传/).first().waitFor()
  await press('重做')
  await desk.getByText(/2 条待上传/).first().waitFor()
  await press('撤销')
  await desk.getByText(/3 条待上传/).first().waitFor()
  expect(await drafts()).toBe(before)
  await desk.context().setOffline(false)
  await waitForDrafts(before * 8 / 6)
  await press('重做')
  await waitForDrafts(before)
}, 120_000)

it('publishes once for a double tap, and never says that it was not published', async () => {
  await desk.getByRole('button', { name: /^发布/ }).dblclick()
  await waitForDrafts(0)
  const { rows } = await pool.query(`select status from sync.result where name = 'publish_roster'`)
  expect(rows).toEqual([{ status: 'applied' }])
  expect(await desk.getByText('没有发布').count()).toBe(0)
})

/** The middle of a control, after it has come to rest. */
async function middle(control: Locator): Promise<[x: number, y: number]> {
  await control.click({ trial: true })
  const { x, y, width, height } = (await control.boundingBox())!
  return [x + width / 2, y + height / 2]
}

it('lets no second tap through to what the first one brought', async () => {
  await phone.goto(`${app.backend.url}/roster`)
  const sheet = phone.getByRole('dialog')
  const tapTwice = async (at: [x: number, y: number]): Promise<void> => {
    await phone.touchscreen.tap(...at)
    await phone.touchscreen.tap(...at)
  }
  await tapTwice(await middle(phone.getByRole('button', { name: '按规律填充' }).first()))
  await sheet.waitFor()
  const close = await middle(sheet.getByRole('button', { name: '关闭' }))
  // before any control hears of the click, as the sheet may be gone after
  await phone.evaluate(() => document.addEventListener('click', (e) => {
    if ((e.target as Element).closest('[role=dialog]') === null) document.body.dataset.fell = 'through'
  }, { capture: true }))
  await tapTwice(close)
  await sheet.waitFor({ state: 'detached' })
  expect(await phone.evaluate(() => [location.pathname, document.body.dataset.fell])).toEqual(['/roster', undefined])
})

it('keeps a sheet open that a double click opened, and loses no press that is meant', async () => {
  const sheet = desk.getByRole('dialog')
  await desk.goto(`${app.backend.url}/roster`)
  const open = desk.getByRole('button', { name: '按规律填充' }).first()
  const at = await middle(open)
  await desk.mouse.dblclick(...at, { delay: 60 })
  await sheet.getByRole('button', { name: '关闭' }).click()
  await sheet.waitFor({ state: 'detached' })
  for (let n = 0; n < 2; n++) {
    await desk.mouse.click(...at)
    await sheet.waitFor()
    await desk.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await open.press('Enter')
    await sheet.waitFor()
    await desk.goBack()
    await sheet.waitFor({ state: 'detached' })
  }
})

it('asks on a phone before somebody goes on a published shift, above the sheet where they were found', async () => {
  await phone.goto(`${app.backend.url}${NEXT_WEEK}`)
  await phone.getByRole('gridcell').filter({ hasText: /缺/ }).first().click()
  await phone.locator('[role=option]:not([aria-disabled])').first().click()
  const asks = phone.getByRole('alertdialog')
  await asks.getByText(/请确认这个班/).waitFor()
  await asks.getByRole('button', { name: '不派' }).click()
  await asks.waitFor({ state: 'detached' })
  expect((await pool.query('select 1 from app.assignment')).rows).toEqual([])
})

it('keeps a toast off the buttons of a sheet, and lets it be put away over one, in large print too', async () => {
  const context = await profile(app.browser, app.backend.url, PHONE)
  await context.addInitScript(() => {
    localStorage['redwhistle-preferences'] ??= JSON.stringify({ elder: true })
  })
  const page = await signIn(context, cast.coordinator)
  await page.setViewportSize({ width: 320, height: 568 })
  await page.goto(`${app.backend.url}/places`)
  const sheet = page.getByRole('dialog')
  await page.getByRole('button', { name: '添加小区' }).click()
  await sheet.getByLabel('名称').fill('明月苑')
  await sheet.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存：明月苑').waitFor()
  await page.getByRole('button', { name: '添加小区' }).click()
  await sheet.getByRole('button', { name: '保存' }).click({ trial: true })
  // a sheet hides all else from a screen reader, so the toast is found by its looks
  await page.locator('.toast button').click()
  await page.locator('.toast').waitFor({ state: 'detached' })
  await sheet.getByRole('button', { name: '保存' }).waitFor()
  await context.close()
})

it('closes the open sheet by Back, and leaves the page by the next one', async () => {
  await phone.goto(`${app.backend.url}/board`)
  await phone.goto(`${app.backend.url}/me`)
  await openRoster(phone)
  await phone.goBack()
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
  expect(new URL(phone.url()).pathname).toBe('/roster')
  // opened and closed by its own button, again and again: one Back still leaves the page
  for (let i = 0; i < 3; i++) {
    await phone.getByRole('button', { name: '复制上周' }).first().click()
    await phone.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await phone.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await phone.goBack()
  await phone.waitForURL(url => url.pathname === '/me')
})

it('keeps a sheet that is opened before a busy browser has gone back from the one before', async () => {
  await openRoster(phone)
  await phone.evaluate((late) => {
    const go = history.go.bind(history)
    history.go = steps => void setTimeout(go, late, steps)
    const gone = new Promise(resolve => navigation.addEventListener('currententrychange', resolve, { once: true }))
    Object.assign(window, { gone })
  }, 2000)
  await phone.keyboard.press('Escape')
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
  await phone.getByRole('button', { name: '复制上周' }).first().click()
  await phone.getByRole('dialog').waitFor()
  await phone.evaluate(() => (window as unknown as { gone: Promise<void> }).gone.then(() => null))
  await phone.evaluate(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))))
  expect(await phone.getByRole('dialog').isVisible()).toBe(true)
  await phone.goBack()
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
  expect(new URL(phone.url()).pathname).toBe('/roster')
})

it('leads on from a sheet to another page, and Back comes to the page it lay on', async () => {
  await openRoster(phone)
  await phone.keyboard.press('Escape')
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
  await phone.getByRole('button', { name: '按规律填充' }).first().click()
  await phone.evaluate(() => { (document.querySelector('nav a[href="/me"]') as HTMLElement).click() })
  await phone.waitForURL(url => url.pathname === '/me')
  await phone.goBack()
  await phone.waitForURL(url => url.pathname === '/roster')
  await phone.getByRole('dialog').waitFor({ state: 'detached' })
})

it('keeps what is typed through a reload, and forgets it when it is sent', async () => {
  await phone.goto(`${app.backend.url}/me/feedback`)
  await phone.getByRole('textbox').fill('希望夜里也能打印')
  await phone.waitForTimeout(600)
  await phone.reload()
  await expect.poll(() => phone.getByRole('textbox').inputValue(), SOON).toBe('希望夜里也能打印')
  await phone.locator('button[type=submit], .btn--main').first().click()
  await phone.getByRole('status').filter({ hasText: /已送到.*社区负责人/ }).waitFor()
  expect((await pool.query('select text from app.feedback')).rowCount).toBe(1)
  await phone.goto(`${app.backend.url}/me/feedback`)
  expect(await phone.getByRole('textbox').inputValue()).toBe('')
})
