import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { TempBackend } from './harness.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCast, openPool, PASSWORD, signIn } from './cast.ts'
import { PHONE, profile, startApp } from './harness.ts'
import { findings } from './looks.ts'
import { openSwitches, shown, tapSwitch } from './switches.ts'

const RENEWAL = /\/auth\/v1\/token\?grant_type=refresh_token/
const DOOR = /\/auth\/v1\/token\?grant_type=password/
let backend: TempBackend
let browser: Browser
let close: () => Promise<void>
let cast: Cast
let context: BrowserContext

beforeAll(async () => {
  ({ backend, browser, close } = await startApp())
  const pool = openPool(backend.dataDir)
  cast = await makeCast(pool, backend.url)
  await pool.end()
})
afterEach(async () => context.close())
afterAll(async () => close())

/** Answers 429 to requests of these addresses until `over` is called; counts them. */
async function refuse(
  address: RegExp,
  headers: Record<string, string> = {},
): Promise<{ asked: () => number, over: () => Promise<void> }> {
  let asked = 0
  await context.route(address, async (route) => {
    asked++
    await route.fulfill({
      status: 429,
      contentType: 'application/json',
      headers,
      body: '{"code":"over_request_rate_limit","msg":"Request rate limit reached"}',
    })
  })
  return { asked: () => asked, over: () => context.unroute(address) }
}

/** Makes the token run out, as if the phone had slept. */
async function outdate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('redwhistle-auth')!) as object
    localStorage.setItem('redwhistle-auth', JSON.stringify({ ...session, access_token: 'a.b.c', expires_at: 1 }))
  })
}

describe('a phone that wakes among many', () => {
  it('stays signed in while it gets no token, keeps the tap, says why, and sends it later', async () => {
    context = await profile(browser, backend.url, PHONE)
    const page = await signIn(context, cast.first as Actor)
    await openSwitches(page)
    const before = await shown(page)
    const busy = await refuse(RENEWAL)
    await outdate(page)
    await tapSwitch(page, 0)
    await page.goto('/')
    await page.getByText(/登录还在，正在排队续期.*1 条待上传/).first().waitFor()
    expect(busy.asked()).toBeGreaterThan(0)
    expect(await page.evaluate(() => localStorage.getItem('redwhistle-auth'))).toContain('refresh_token')
    await busy.over()
    await page.getByText(/已同步/).first().waitFor()
    await openSwitches(page)
    expect((await shown(page))[0]).toBe(!before[0])
  })
})

describe('the sign-in', () => {
  it('waits and tries again by itself, and keeps the typed text', async () => {
    context = await profile(browser, backend.url, PHONE)
    const page = await context.newPage()
    const busy = await refuse(DOOR, { 'retry-after': '2', 'access-control-expose-headers': 'Retry-After' })
    await page.goto('/sign-in')
    await page.getByLabel('手机号或登录名').fill('sufen')
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText(/人多，正在排队，约 \d+ 秒后自动重试/).waitFor()
    expect(await page.getByLabel('手机号或登录名').inputValue()).toBe('sufen')
    await busy.over()
    await page.getByText(/已同步/).first().waitFor()
  })

  it('can be called off while it waits, and keeps the typed text', async () => {
    context = await profile(browser, backend.url, PHONE)
    const page = await context.newPage()
    const busy = await refuse(DOOR, { 'retry-after': '300' })
    await page.goto('/sign-in')
    await page.getByLabel('手机号或登录名').fill('sufen')
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('button', { name: '不等了' }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: '不等了' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/人多，正在排队/).waitFor({ state: 'detached' })
    expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe(PASSWORD)
    expect(busy.asked()).toBe(1)
    await busy.over()
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText(/已同步/).first().waitFor()
  })
})
