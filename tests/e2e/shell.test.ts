import type { BrowserContext, Page } from 'playwright-core'
import type { App } from './harness.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readDemo } from '../../supabase/local/first-start.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { signInDemo } from './watch.ts'

let app: App
let context: BrowserContext
let page: Page
beforeAll(async () => { app = await startApp({ demo: 'yes' }) })
afterAll(async () => app?.close())

describe('a page without a controlling worker, after an update took its parts away', () => {
  let loads: number
  beforeEach(async () => {
    context = await profile(app.browser, app.backend.url, { ...DESKTOP, serviceWorkers: 'block' })
    page = await context.newPage()
    await signInDemo(page, app.backend, /coordinator/)
    await page.getByRole('link', { name: '人员' }).first().waitFor()
    loads = 0
    page.on('request', request => request.isNavigationRequest() && loads++)
  })
  afterEach(async () => context.close())
  async function gone(files: RegExp, back = false): Promise<void> {
    await page.route(files, async (route) => {
      await (back && loads > 0 ? route.continue() : route.fulfill({ status: 404, body: '' }))
    })
  }

  it('is loaded once, at the page that was asked for', async () => {
    await gone(/\/assets\/people-[^/]*\.(?:js|css)$/, true)
    await page.getByRole('link', { name: '人员' }).first().click()
    await page.getByLabel('找人：姓名、拼音、后四位').waitFor()
    expect(new URL(page.url()).pathname).toBe('/people')
    expect(loads).toBe(1)
  })
  it('says so when that did not help', async () => {
    await gone(/\/assets\/people-[^/]*\.(?:js|css)$/)
    await page.getByRole('link', { name: '人员' }).first().click()
    await page.getByRole('alert').filter({ hasText: '这一页没有打开' }).waitFor()
    expect(loads).toBe(1)
    await page.unroute(/\/assets\/people-[^/]*\.(?:js|css)$/)
    await page.getByRole('button', { name: '重新打开' }).click()
    await page.getByLabel('找人：姓名、拼音、后四位').waitFor()
  })
  it('says so when even its first script is gone', async () => {
    await gone(/\/assets\/.*\.js$/)
    await page.getByRole('link', { name: '人员' }).first().click()
    await page.getByRole('heading', { name: '页面没有装全' }).waitFor()
    await page.waitForTimeout(1_000)
    expect(loads).toBe(1)
  })
})

describe('signing in', () => {
  beforeEach(async () => {
    context = await profile(app.browser, app.backend.url, PHONE)
    page = await context.newPage()
    await page.goto('/sign-in')
  })
  afterEach(async () => context.close())

  it.each([
    ['full-width figures', (n: string) => n.replace(/\d/g, d => String.fromCharCode(d.charCodeAt(0) + 0xFEE0))],
    ['a country code and dashes', (n: string) => `+86 ${n.slice(0, 3)}-${n.slice(3, 7)}–${n.slice(7)}`],
    ['a country code alone', (n: string) => `86${n}`],
  ])('takes a number with %s', async (_, written) => {
    const cadre = (await readDemo(app.backend.db))?.sign_ins.find(one => /cadre 1/.test(one.label))
    await page.getByLabel('手机号或登录名').fill(written(cadre!.name))
    await page.getByLabel('密码', { exact: true }).fill(cadre!.password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  })

  it('says in the page\'s own words what is missing, shows a password, and speaks the other language', async () => {
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('请填写手机号或登录名').waitFor()
    expect(await page.evaluate('document.activeElement.autocomplete')).toBe('username')
    await page.getByLabel('密码', { exact: true }).fill('secret')
    await page.getByRole('button', { name: /^显示/ }).click()
    expect(await page.getByLabel('密码', { exact: true }).getAttribute('type')).toBe('text')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Sign in to Redwhistle' }).waitFor()
    await page.getByText('Please fill in: Mobile number or sign-in name').waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '登录红哨' }).waitFor()
  })
})
