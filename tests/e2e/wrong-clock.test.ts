import type pg from 'pg'
import type { BrowserContext, Page } from 'playwright-core'
import type { HolidayDay } from '../../src/domain/holidayDays.ts'
import type { Actor, Cast } from './cast.ts'
import type { App } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holidayTable, isRestDay } from '../../src/domain/restDays.ts'
import { DAY, dayKey, HOUR, startOfWeek } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

let app: App
let pool: pg.Pool
let cast: Cast

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  // one person of two on post since an hour, and the same person again in thirteen hours and a half
  const now = await makeShift(pool, cast.world, clock.date(-HOUR), 4, 2)
  const later = await makeShift(pool, cast.world, clock.date(13.5 * HOUR), 3, 1)
  for (const [shift, state] of [[now, 'on_post'], [later, 'accepted']]) {
    await pool.query(
      `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at, on_post_at)
      select $1, s.id, $3, s.starts_at, s.ends_at, $4::app.assignment_state, now(),
        case $4::text when 'on_post' then s.starts_at end
      from app.shift s where s.id = $2`,
      [randomUUID(), shift, cast.first.responder, state],
    )
    await pool.query('update app.shift set filled = 1 where id = $1', [shift])
  }
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

/** A profile whose clock is wrong from its first page on. */
async function wrong(by: number, device = DESKTOP, url = app.backend.url): Promise<BrowserContext> {
  const context = await profile(app.browser, url, device)
  await context.clock.install({ time: clock.now() + by })
  return context
}
const bar = (page: Page): Promise<string> => page.locator('.clock').innerText()
/** Longest wait for what a busy machine shows late. */
const SOON = { timeout: 70_000 }
const count = (page: Page, state: string): Promise<string> =>
  page.locator(`.sum__c[data-st="${state}"] b`).innerText()

describe.each([
  ['26 小时 快', 26 * HOUR, '本机时间快 1 天 2 小时'],
  ['26 小时 慢', -26 * HOUR, '本机时间慢 1 天 2 小时'],
  ['1 小时 快', HOUR, '本机时间快 1 小时'],
  ['1 小时 慢', -HOUR, '本机时间慢 1 小时'],
])('a device whose clock is wrong (%s)', (_, by, said) => {
  it('shows the board of now and opens a call-out for times to come', async () => {
    const context = await wrong(by)
    const page = await signIn(context, cast.coordinator)
    await page.goto('/board')
    await expect.poll(() => bar(page), SOON).toContain(said)
    await expect.poll(async () => [await count(page, 'on'), await count(page, 'hand')], SOON).toEqual([
      expect.stringMatching(/^1\b/), expect.stringMatching(/^0\b/),
    ])
    await page.goto('/callout/new')
    const days = page.locator('.start select').first()
    await days.waitFor()
    // asked again, as midnight may pass between the page and this line
    await expect.poll(async () => {
      const offered = await days.locator('option').evaluateAll(all => all.map(o => (o as HTMLOptionElement).value))
      return offered.join() === [0, 1, 2].map(d => dayKey(clock.now() + d * DAY)).join()
    }, SOON).toBe(true)
    const ground = `时钟 ${by / HOUR}`
    await page.getByLabel('事由').fill(ground)
    await page.getByLabel('文件号').fill('1号')
    await page.getByRole('checkbox', { name: /演练/ }).first().check()
    await page.getByRole('button', { name: /梧桐苑/ }).first().click()
    await page.getByText('1栋', { exact: true }).click()
    await page.getByRole('button', { name: /发布/ }).click()
    await page.waitForURL(/\/board/)
    const found = `select min(s.ends_at) > now() as ahead, min(s.starts_at) < now() + interval '2 hours' as soon,
        c.state::text
      from app.callout c join app.shift s on s.callout_id = c.id where c.title = $1 group by c.id`
    await expect.poll(async () => (await pool.query(found, [ground])).rows, SOON)
      .toEqual([{ ahead: true, soon: true, state: 'open' }])
    await expectSound(page)
    await context.close()
  })

  it('shows a person their shift of now, and how long until the next', async () => {
    const context = await wrong(by, PHONE)
    const page = await signIn(context, cast.first)
    await page.getByRole('heading', { name: '正在值守' }).waitFor()
    await page.getByText(/^还有 13 小时/).waitFor()
    await expect.poll(() => bar(page), SOON).toContain(said)
    await expectSound(page)
    await page.goto('/me/diagnostics')
    await page.getByText(said.replace('本机时间', '比服务器'), { exact: true }).waitFor()
    await expectSound(page)
    await context.close()
  })
})

it('says that times are its own where no answer ever came, and nothing once the clock is right', async () => {
  const wire = await layWire(app.backend.url)
  const context = await profile(app.browser, wire.url, PHONE)
  const page = await signIn(context, cast.second)
  expect(await page.locator('.clock').count()).toBe(0)
  wire.cut()
  await page.evaluate(() => localStorage.removeItem('redwhistle-clock'))
  await page.evaluate(async (login) => {
    const open = indexedDB.open(`redwhistle-${login}`)
    const db = await new Promise<IDBDatabase>((resolve) => { open.onsuccess = () => resolve(open.result) })
    const write = db.transaction('meta', 'readwrite')
    write.objectStore('meta').put({ k: 'offset', value: null })
    await new Promise((resolve) => { write.oncomplete = resolve })
    db.close()
  }, cast.second.login)
  await page.reload()
  await page.getByText(/按本机时间/).waitFor()
  await context.close()
  await wire.close()
})

it('follows a clock that is set while the page is open, both ways', async () => {
  const context = await wrong(0)
  const page = await signIn(context, cast.coordinator)
  await page.goto('/board')
  expect(await page.locator('.clock').count()).toBe(0)
  // a person who comes back from the settings of their phone gives the page the focus
  const set = async (by: number): Promise<void> => {
    await context.clock.setSystemTime(clock.now() + by)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  }
  await set(26 * HOUR)
  await page.getByText('本机时间快 1 天 2 小时').waitFor()
  await expect.poll(() => count(page, 'on'), SOON).toMatch(/^1\b/)
  await set(0)
  await page.locator('.clock').waitFor({ state: 'detached' })
  await expect.poll(() => count(page, 'on'), SOON).toMatch(/^1\b/)
  await context.close()
})

it.each([26, -26])('the residents\' page is fresh on a phone %i hours off, and keeps who is on', async (hours) => {
  const context = await wrong(hours * HOUR, PHONE)
  const page = await context.newPage()
  await page.goto(`/b/${cast.doorCode}`)
  await page.getByText(/^更新于 \d\d:\d\d$/).waitFor()
  expect(await page.locator('.who li').count()).toBe(1)
  // without an answer the page judges the age of its last one by the clock it measured
  await page.route('**/rpc/duty_board*', route => route.abort())
  await page.reload()
  await page.getByText('网络不通').first().waitFor()
  expect(await page.locator('.who li').count(), 'a minute old').toBe(1)
  await context.close()
})

/** The heads of this week's days, its print, and whether a week without holiday data says so. */
interface Paper { rest: boolean[], print: string, unknown: boolean }

/** The roster of the week that begins at `monday` (ms), as it looks in a zone. */
async function rosterIn(timezoneId: string, who: Actor, monday: number): Promise<Paper> {
  const context = await app.browser.newContext({ ...DESKTOP, locale: 'zh-CN', timezoneId, baseURL: app.backend.url })
  const page = await signIn(context, who)
  await page.goto(`/roster?week=${dayKey(monday)}`)
  const heads = page.locator('[role="columnheader"], thead th').filter({ hasText: /\d/ })
  await heads.first().waitFor()
  await expect.poll(() => heads.filter({ hasText: '休' }).count()).toBeGreaterThan(0)
  const rest = (await heads.allInnerTexts()).map(text => text.includes('休'))
  await page.goto(`/roster/print?week=${dayKey(monday)}`)
  await page.locator('tbody tr').first().waitFor()
  await expect.poll(() => page.locator('thead th').filter({ hasText: '休' }).count()).toBeGreaterThan(0)
  const print = (await page.locator('main').innerText()).replaceAll(/\d\d:\d\d(?=\s|$)/g, '')
  await page.goto('/roster?week=2026-12-28')
  const unknown = await page.getByText('2027 年的节假日还没有录入，只标周末').first().waitFor().then(() => true)
  await context.close()
  return { rest, print, unknown }
}

it('rests on the same days and prints the same paper in every time zone', async () => {
  const monday = startOfWeek(clock.now())
  // the calendar of the installation: what the app brings begins in 2025
  const { rows } = await pool.query<HolidayDay>('select day::text, kind, name from app.holiday')
  const table = holidayTable(rows)
  const rest = Array.from({ length: 7 }, (_, i) => isRestDay(dayKey(monday + i * DAY), table))
  const home = await rosterIn('Asia/Shanghai', cast.coordinator, monday)
  expect(home).toMatchObject({ rest, unknown: true })
  for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati'])
    expect(await rosterIn(zone, cast.coordinator, monday), zone).toEqual(home)
})
