import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { StartedProcess } from './harness.ts'
import type { Wire } from './wire.ts'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { clock } from '../clock.ts'
import { makeCast, openPool, publishableKey, signIn } from './cast.ts'
import { DESKTOP, openBrowser, PHONE, profile, startProcess, tempFolder } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

let folder: string
let env: Record<string, string>
let server: StartedProcess
let url: string
let browser: Browser
let cast: Cast
let wireA: Wire
let phoneA: BrowserContext
let pageA: Page
let pageB: Page
let desk: Page
let resident: Page

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  folder = await tempFolder()
  env = {
    REDWHISTLE_DATA: path.join(folder, 'data'),
    PORT: String(await freePort()),
    DATABASE_URL: '',
    LITE_AUTH_BCRYPT_COST: '4',
  }
  server = startProcess(['--no-demo'], env)
  url = await server.ready
  const pool = openPool(env.REDWHISTLE_DATA!)
  cast = await makeCast(pool, url)
  await pool.end()
  browser = await openBrowser()
  wireA = await layWire(url)
  phoneA = await profile(browser, wireA.url, PHONE)
  pageA = await signIn(phoneA, cast.first)
  pageB = await signIn(await profile(browser, url, PHONE), cast.second)
  desk = await signIn(await profile(browser, url, DESKTOP), cast.coordinator)
  resident = await (await profile(browser, url, PHONE)).newPage()
})
beforeEach(() => picturesOnFailure(() => browser))
afterAll(async () => {
  await browser?.close()
  await wireA?.close()
  server?.child.kill('SIGTERM')
  await server?.ended
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

it('shows a resident that the duty room answers while nobody is on', async () => {
  await resident.goto(`/b/${cast.doorCode.toLowerCase()}`)
  await resident.getByText('本时段由社区值班室负责').waitFor()
})

/** A reason as long as the field allows. */
const GROUND = '寒潮冰冻Ⅲ级应急响应'.padEnd(60, '全域值守，逐楼到岗，')

/** Chooses the next half hour in five minutes or more: people may arrive early, and no shift begins meanwhile. */
async function startSoon(page: Page): Promise<void> {
  const shanghai = (at: number): string => new Date(at + 8 * 3_600_000).toISOString()
  const at = shanghai(Math.ceil((clock.now() + 300_000) / 1_800_000) * 1_800_000)
  const [day, hour] = [page.locator('.start select').nth(0), page.locator('.start select').nth(1)]
  await day.selectOption(at.slice(0, 10))
  await hour.selectOption(at.slice(11, 16))
}

it('raises a call-out that reaches another browser without a reload', async () => {
  await desk.goto('/callout/new')
  await desk.getByLabel('事由').fill(GROUND)
  await desk.getByLabel('文件号').fill('宁街应急〔2026〕17号')
  await desk.getByRole('button', { name: /打开梧桐苑|梧桐苑/ }).first().click()
  await desk.getByText('1栋', { exact: true }).click()
  await desk.getByRole('group', { name: '每岗人数' }).getByRole('button', { name: /减/ }).click()
  await startSoon(desk)
  await desk.getByRole('button', { name: /发布，将通知 \d+ 人/ }).dblclick() // as a trembling hand does
  await desk.waitForURL(/\/board/)
  await pageA.getByRole('heading', { name: '等我答复' }).waitFor({ timeout: 15_000 })
  await pageB.getByRole('heading', { name: '等我答复' }).waitFor({ timeout: 15_000 })
  await desk.getByText(/已同步/).first().waitFor()
  expect(
    await desk.getByRole('heading', { name: '红色防线', exact: true }).count(),
    'one call-out for two presses',
  ).toBe(1)
  for (const width of [320, 390]) {
    await pageA.setViewportSize({ width, height: 844 })
    expect(await pageA.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider than the phone')
      .toBeLessThanOrEqual(width)
  }
})

/** Opens the card of the request and accepts it; buttons of a promise are shown on shifts that begin soon. */
async function accept(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^接这个班/ }).first().click()
  const promise = page.getByRole('button', { name: /^接单/ })
  await promise.or(page.getByText(/待上传|已记下|已确认/)).first().waitFor()
  if (await promise.isVisible()) await promise.dblclick()
}

it('keeps an acceptance made offline, and shows it as waiting after the app is opened again', async () => {
  wireA.cut()
  await phoneA.setOffline(true)
  await accept(pageA)
  await pageA.getByText(/联网后自动抢单|待上传/).first().waitFor()
  expect(await pageA.getByText(/2 条待上传/).count(), 'two taps are one answer').toBe(0)
  await pageA.close()
  pageA = await phoneA.newPage()
  await pageA.goto('/')
  await pageA.getByRole('heading', { name: '已答复，待上传' }).waitFor()
  await pageA.getByText('接班 · 待上传').first().waitFor()
  expect(await pageA.getByText('已确认').count()).toBe(0)
})

it('gives the last place to another person, across a killed and restarted server', async () => {
  server.child.kill('SIGKILL')
  await server.ended
  server = startProcess(['--no-demo'], env)
  expect(await server.ready).toBe(url)
  await accept(pageB)
  await pageB.getByText('已确认').first().waitFor({ timeout: 70_000 })
})

it('tells the first person who was faster and when, and offers near places and the waitlist', async () => {
  wireA.mend()
  await phoneA.setOffline(false)
  await pageA.goto('/messages')
  await pageA.getByText(/满员/).first().waitFor({ timeout: 70_000 })
  await pageA.getByText(/李素芬/).first().waitFor()
  await pageA.getByRole('link', { name: '打开这条召集' }).click()
  await pageA.getByRole('heading', { name: '这个班已满员' }).waitFor()
  await pageA.getByText(/李素芬 .*得到最后一个名额/).waitFor()
  await pageA.getByRole('button', { name: '列入候补' }).waitFor()
  await pageA.getByRole('heading', { name: '最近的三处空岗' }).waitFor()
})

it('shows the resident the person on duty once they have arrived', async () => {
  await pageB.goto('/')
  await pageB.getByRole('link', { name: /去到岗|看任务卡|打开值守页/ }).first().click()
  const [file] = await Promise.all([
    pageB.waitForEvent('download'), pageB.getByRole('button', { name: '加入手机日历' }).click(),
  ])
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^BEGIN:VCALENDAR[\s\S]*SUMMARY:值班：[\s\S]*END:VCALENDAR\r\n$/)
  await pageB.getByRole('button', { name: /到岗/ }).first().click()
  await expect.poll(async () => {
    await resident.reload()
    return resident.getByText('李老师').count()
  }, { timeout: 60_000, interval: 1500 }).toBeGreaterThan(0)
  expect(await resident.getByText('李素芬').count()).toBe(0)
})

it('shows a responder of another community nothing of it, in the app or in raw calls', async () => {
  const page = await signIn(await profile(browser, url, PHONE), cast.stranger)
  await page.goto('/roster')
  await page.waitForTimeout(1000)
  expect(await page.getByText(/梧桐苑|李素芬|王建国|寒潮/).count()).toBe(0)
  const key = await publishableKey(url)
  const client = createClient(url, key, { accessToken: async () => cast.stranger.token })
  const { data } = await client.schema('api' as never).rpc('pull', {
    p_client: crypto.randomUUID(),
    p_schema: 1,
    p_cursors: {},
  })
  const text = JSON.stringify(data)
  expect(text).not.toContain(cast.world.community)
  expect(text).not.toMatch(/李素芬|王建国|寒潮/)
  for (const table of ['shift', 'assignment', 'responder', 'responder_contact', 'entry', 'org_unit']) {
    for (const schema of ['app', 'sync', 'public', 'api']) {
      const answer = await fetch(`${url}/rest/v1/${table}?select=*`, {
        headers: { 'apikey': key, 'authorization': `Bearer ${cast.stranger.token}`, 'accept-profile': schema },
      })
      expect(answer.ok, `${schema}.${table}`).toBe(false)
    }
  }
  const status = await new Promise<string>((resolve) => {
    client.channel(`org:${cast.world.community}`, { config: { private: true } }).on(
      'broadcast',
      { event: '*' },
      () => resolve('heard'),
    ).subscribe(s => s !== 'CLOSED' && resolve(s))
  })
  expect(status).toBe('CHANNEL_ERROR')
  await client.removeAllChannels()
})
