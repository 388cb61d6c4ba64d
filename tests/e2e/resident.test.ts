import type { Page } from 'playwright-core'
import type { App } from './harness.ts'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PROJECT_ROOT } from '../../supabase/local/build.ts'
import { readDemo } from '../../supabase/local/first-start.ts'
import { clock } from '../clock.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'

let app: App
let address = ''
let code = ''
let page: Page
beforeAll(async () => {
  app = await startApp({ demo: 'yes' })
  code = (await readDemo(app.backend.db))?.resident_code ?? ''
  address = `${app.backend.url}/b/${code}`
})
beforeEach(async () => {
  page = await (await profile(app.browser, app.backend.url, PHONE)).newPage()
})
afterAll(async () => app?.close())

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface AxeReport { violations: { id: string, nodes: { html: string }[] }[] }
/** Findings of axe on the page, as 'rule: element'. */
async function axe(of: Page): Promise<string[]> {
  await of.evaluate(AXE)
  const found = await of.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  ) as AxeReport
  return found.violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)
}
const open = async (to = address) => {
  await page.goto(to)
  await page.getByText(/^更新于/).waitFor()
}

describe('residents\' page', () => {
  it('weighs no more than 60 KB compressed in all', async () => {
    const html = await readFile(path.join(PROJECT_ROOT, 'dist/resident.html'), 'utf8')
    const assets = [...html.matchAll(/assets\/[^"]+/g)].map(m => m[0])
    const files = [...new Set(assets), 'resident.html', 'resident-sw.js', 'noscript.css']
    const sizes = await Promise.all(
      files.map(async f => gzipSync(await readFile(path.join(PROJECT_ROOT, 'dist', f))).length),
    )
    expect(files.length).toBeGreaterThan(2)
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(60 * 1024)
  })

  /** Takes the network away, and the answers of the last 15 s, which a browser repeats without asking. */
  async function cutOff(): Promise<void> {
    await page.context().setOffline(true)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.clearBrowserCache')
    await cdp.detach()
  }

  it.each([['phone', PHONE, false], ['desktop', DESKTOP, false], ['phone in large print', PHONE, true]] as const)(
    'is readable on a %s, and axe finds nothing',
    async (_name, look, elder) => {
      page = await (await profile(app.browser, app.backend.url, look)).newPage()
      await open()
      expect(await page.locator('.who li').count()).toBeGreaterThan(0)
      if (elder) await page.getByRole('button', { name: '大字' }).click()
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('梧桐苑 6栋')
      expect(await page.getByText('演示', { exact: false }).first().isVisible()).toBe(true)
      expect(await page.getByText('平时 · 按值班表值守').isVisible()).toBe(true)
      expect(await page.locator('a[href="tel:02500830016"]').textContent()).toContain('025-0083 0016')
      for (const tel of ['12345', '119', '120']) {
        expect(await page.locator(`a[href="tel:${tel}"]`).isVisible()).toBe(true)
      }
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      expect(await axe(page)).toEqual([])
      const small = await page.locator('a:visible, button:visible').evaluateAll(
        (all, least) => all.filter(e => e.getBoundingClientRect().height < least).map(e => e.textContent),
        elder ? 60 : 44,
      )
      expect(small).toEqual([])
    },
  )

  it('brings a request to the coordinators', async () => {
    await open()
    await page.getByRole('link', { name: /我需要帮忙/ }).click()
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '送给社区' }).click()
    expect(await page.getByRole('alert').textContent()).toBe('请写一句话')
    await page.getByLabel('需要什么帮助').fill('水管冻裂了')
    await page.getByRole('button', { name: '送给社区' }).click()
    await page.getByRole('heading', { name: '已送到社区值班室' }).waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('help-title')
    const requests = await app.backend.db.query(`
      select r.text, r.contact, u.door_code
      from app.request r
      join app.org_unit u on u.id = r.building_id`)
    expect(requests).toEqual([{ text: '水管冻裂了', contact: null, door_code: code }])
    await page.goBack()
    await page.getByRole('link', { name: '意见反馈' }).click()
    await page.getByLabel('您的意见或投诉').fill('灯坏了')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByRole('heading', { name: '已收到您的意见' }).waitFor()
    expect(await app.backend.db.query('select text from app.feedback where community_id is not null'))
      .toEqual([{ text: '灯坏了' }])
  })

  it('says how old its information is without a network, and drops people after a day', async () => {
    await open()
    await cutOff()
    await page.evaluate('dispatchEvent(new Event("online"))')
    await page.getByText('网络不通').waitFor()
    expect(await page.getByText('求助单要联网才能送到').isVisible()).toBe(true)
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toMatch(/^\d\d:\d\d 时/)
    expect(await page.locator('a[href="tel:02500830016"]').isVisible()).toBe(true)
    expect(await axe(page)).toEqual([])
    const old = new Date(clock.now() - 864e5 - 6e4).toISOString()
    await page.evaluate(`{
      const key = 'rw-board-${code}'
      const kept = { ...JSON.parse(localStorage.getItem(key)), now: '${old}' }
      localStorage.setItem(key, JSON.stringify(kept))
    }`)
    await page.getByRole('button', { name: '重试' }).click()
    await expect.poll(async () => page.locator('.who li').count()).toBe(0)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('梧桐苑 6栋')
  })

  it('keeps what is typed through a reload without a network, until it is sent', async () => {
    await open()
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      while (!await caches.match('/resident.html')) await new Promise(resolve => setTimeout(resolve, 50))
    })
    await page.getByRole('link', { name: /我需要帮忙/ }).click()
    await page.getByLabel('需要什么帮助').fill('三楼老人要买药')
    await page.getByLabel('怎么联系您').fill('13900000000')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: '送给社区' }).click()
    await page.getByRole('alert').filter({ hasText: '网络不通' }).waitFor()
    await page.reload()
    const fields = async (): Promise<string[]> => Promise.all(
      ['需要什么帮助', '怎么联系您'].map(async label => page.getByLabel(label).inputValue()),
    )
    expect(await fields()).toEqual(['三楼老人要买药', '13900000000'])
    await page.context().setOffline(false)
    await page.getByRole('button', { name: '送给社区' }).click()
    await page.getByRole('heading', { name: '已送到社区值班室' }).waitFor()
    await page.reload()
    expect(await fields()).toEqual(['', ''])
  })

  it('reloaded without a network it shows the kept page with its age at once; staff have another worker', async () => {
    await open()
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      const key = 'redwhistle-door-1'
      while (!(await caches.has(key) && await (await caches.open(key)).match('/resident.html')))
        await new Promise(resolve => setTimeout(resolve, 50))
    })
    await cutOff()
    await page.reload()
    await page.getByRole('heading', { name: '梧桐苑 6栋' }).waitFor({ timeout: 5_000 })
    await page.getByText('网络不通').waitFor()
    expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toMatch(/^\d\d:\d\d 时/)
    await page.goto(`${app.backend.url}/b/0000000000`)
    await page.locator('a[href="tel:12345"]').waitFor()
    expect(await page.getByText('梧桐苑').count(), 'another door shows nothing of this one').toBe(0)
    await page.context().setOffline(false)
    const scopes = (): Promise<string[]> =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(r => new URL(r.scope).pathname))
    expect(await scopes()).toEqual(['/b/'])
    await page.goto(`${app.backend.url}/sign-in`)
    await expect.poll(async () => (await scopes()).sort(), { timeout: 20_000 }).toEqual(['/', '/b/'])
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('登录红哨')
  })

  it('without a script it shows the building and the community\'s own line', async () => {
    const { locale, viewport } = { locale: 'zh-CN', viewport: { width: 390, height: 844 } }
    const bare = await (await app.browser.newContext({ javaScriptEnabled: false, locale, viewport })).newPage()
    await bare.goto(address)
    expect(await bare.getByRole('heading', { level: 1 }).textContent()).toBe('梧桐苑 6栋')
    expect(await bare.locator('a[href="tel:02500830016"]').isVisible()).toBe(true)
    expect(await bare.locator('noscript p').isVisible()).toBe(true)
    expect(await bare.getByText('正在读取').isVisible()).toBe(false)
    await bare.context().close()
  })

  it('names the duty room when nobody is on, and does not know a wrong code', async () => {
    await app.backend.db.query(
      `update app.shift set state = 'cancelled' where state = 'open' and starts_at <= now() and ends_at > now()`,
    )
    await open()
    expect(await page.getByRole('heading', { name: '本时段由社区值班室负责' }).isVisible()).toBe(true)
    expect(await page.getByText('楼下暂时无人值守').isVisible()).toBe(true)
    expect(await axe(page)).toEqual([])
    await open(`${app.backend.url}/b/0000000000`)
    expect(await page.getByRole('heading', { name: '没有找到这个楼栋' }).isVisible()).toBe(true)
    expect(await page.locator('a[href="tel:12345"]').isVisible()).toBe(true)
    expect(await axe(page)).toEqual([])
  })

  it('asks by a plain GET of its own origin, in English when asked', async () => {
    const asked: string[] = []
    page.on('request', (r) => {
      const { origin, pathname } = new URL(r.url())
      asked.push(`${r.method()} ${origin === app.backend.url ? pathname : r.url()}`)
    })
    await page.goto(`${address.toLowerCase()}?lang=en`)
    await page.getByText(/^Updated/).waitFor()
    expect(asked.filter(a => a.includes('/rest/'))).toEqual(['GET /rest/v1/rpc/duty_board'])
    expect(asked.filter(a => /http|socket/.test(a) && !a.includes('data:'))).toEqual([])
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
    expect(await axe(page)).toEqual([])
  })
})
