import type pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { TempBackend } from './harness.ts'
import type { Wire } from './wire.ts'
import { appendFile, cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { pages } from '../../supabase/local/http/pages.ts'
import { staticFiles } from '../../supabase/local/http/static-files.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { openBrowser, PHONE, profile, startTemp, tempFolder } from './harness.ts'
import { openSwitches, shown, switches, tapSwitch } from './switches.ts'
import { layWire } from './wire.ts'

let backend: TempBackend
let pool: pg.Pool
let cast: Cast
let browser: Browser
let wire: Wire
let page: Page
let next: string
let deployed = path.join(PROJECT_ROOT, 'dist')

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  next = await tempFolder()
  await cp(deployed, next, { recursive: true })
  await appendFile(path.join(next, 'sw.js'), '\n// another build\n')
  await Promise.all(['br', 'gz'].map(async ending => rm(path.join(next, `sw.js.${ending}`))))
  const builds = new Map([deployed, next].map(folder => [folder, pages(staticFiles(folder))]))
  backend = await startTemp({ page: async () => async (...asked) => builds.get(deployed)!(...asked) })
  pool = openPool(backend.dataDir)
  cast = await makeCast(pool, backend.url)
  browser = await openBrowser()
  wire = await layWire(backend.url)
  page = await signIn(await profile(browser, wire.url, PHONE), cast.first)
})
afterAll(async () => {
  await browser?.close()
  await wire?.close()
  await pool?.end()
  await backend?.discard()
  await rm(next, { recursive: true, force: true })
})

async function numbers(): Promise<number[]> {
  const text = 'select seq::int as seq from sync.result where login_id = $1 order by seq'
  const { rows } = await pool.query(text, [cast.first.login])
  return rows.map((r: { seq: number }) => r.seq)
}

it('an update in the middle of a push reloads once, and the push is sent again and counts once', async () => {
  await openSwitches(page)
  deployed = next
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  const bar = page.getByText('有新版本')
  await bar.waitFor()
  await page.getByText(/^已同步/).first().waitFor()

  let pushes = 0
  page.on('request', request => /\/rpc\/push$/.test(request.url()) && pushes++)
  wire.stall()
  await tapSwitch(page, 0)
  const message = 'the server has decided, the phone has not heard'
  await expect.poll(numbers, { timeout: 20_000, message }).toEqual([1])
  await page.getByText(/1 条待上传/).first().waitFor()
  let loads = 0
  page.on('load', () => loads++)
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await expect.poll(() => loads, { timeout: 30_000 }).toBe(1)
  await switches(page).nth(2).waitFor()
  await expect.poll(() => shown(page), { timeout: 10_000 }).toEqual([true, false, false])
  await page.getByText(/1 条待上传/).first().waitFor()
  expect(await bar.count()).toBe(0)

  wire.mend()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByText(/^已同步/).first().waitFor()
  expect(pushes, 'sent before the reload and again after it').toBeGreaterThan(1)
  await tapSwitch(page, 1)
  await expect.poll(numbers, { timeout: 20_000 }).toEqual([1, 2])
  expect(await shown(page)).toEqual([true, true, false])
  expect(loads, 'reloads').toBe(1)
})
