import type pg from 'pg'
import type { CDPSession, Page } from 'playwright-core'
import type { Chrome } from '../kills/browser.ts'
import type { Cast } from './cast.ts'
import type { TempBackend } from './harness.ts'
import type { Wire } from './wire.ts'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ECHO } from '#components/ui/presses.ts'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { openChrome } from '../kills/browser.ts'
import { makeCast, openPool, signInOn } from './cast.ts'
import { startTemp, tempFolder } from './harness.ts'
import { openSwitches, shown, switches, tapSwitch } from './switches.ts'
import { layWire } from './wire.ts'

let backend: TempBackend
let pool: pg.Pool
let cast: Cast
let wire: Wire
let profile: string
let chrome: Chrome
let page: Page
let cdp: CDPSession
const broken: string[] = []

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  backend = await startTemp()
  pool = openPool(backend.dataDir)
  cast = await makeCast(pool, backend.url)
  wire = await layWire(backend.url)
  profile = await tempFolder()
  chrome = await openChrome(profile)
  page = await signInOn(chrome.page, cast.first, wire.url)
  page.on('pageerror', error => broken.push(String(error)))
  cdp = await page.context().newCDPSession(page)
  await openSwitches(page, wire.url)
})
afterAll(async () => {
  await chrome?.kill()
  await wire?.close()
  await pool?.end()
  await backend?.discard()
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

async function verdicts(): Promise<number> {
  const text = 'select count(*)::int as n from sync.result where login_id = $1'
  const { rows } = await pool.query(text, [cast.first.login])
  return (rows[0] as { n: number }).n
}
const clear = (): Promise<unknown> =>
  cdp.send('Storage.clearDataForOrigin', { origin: wire.url, storageTypes: 'indexeddb' })
const bar = () => page.getByText(/手机清除了本机数据/)
const inStep = (): Promise<void> => page.getByText(/^已同步/).first().waitFor()

it('says that data was cleared under the running app, fetches all again, and calls no lost tap sent', async () => {
  await tapSwitch(page, 0)
  await expect.poll(verdicts, { timeout: 20_000 }).toBe(1)
  await inStep()
  wire.cut()
  // a push that is under way when the data is cleared may still arrive; here it has failed before
  const failed = page.waitForEvent('requestfailed', request => request.url().includes('/rpc/push'))
  await tapSwitch(page, 1)
  await page.getByText(/1 条待上传/).first().waitFor()
  await failed
  await clear()
  let asked = 0
  page.on('request', request => /\/rpc\//.test(request.url()) && asked++)
  wire.mend()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await bar().waitFor({ timeout: 30_000 })
  await expect.poll(() => shown(page), { timeout: 30_000 }).toEqual([true, false, false])
  await inStep()
  expect(await page.getByText(/条待上传/).count()).toBe(0)
  await page.waitForTimeout(ECHO) // all this may take less, and the same tap so soon is the echo of the first
  await tapSwitch(page, 1)
  await expect.poll(verdicts, { timeout: 20_000 }).toBe(2)
  await inStep()
  expect(asked, 'no loop of requests').toBeLessThan(25)
  expect(broken).toEqual([])
})

it('says that data was cleared between two starts, until the person has read it', async () => {
  await page.goto('about:blank')
  await clear()
  await openSwitches(page, wire.url)
  await bar().waitFor()
  await expect.poll(() => shown(page), { timeout: 20_000 }).toEqual([true, true, false])
  await page.getByRole('button', { name: '知道了' }).click()
  await page.reload()
  await switches(page).nth(2).waitFor()
  await inStep()
  expect(await bar().count()).toBe(0)
  expect(broken).toEqual([])
})

it('sets a row aside that is nested 6,000 deep, says so, and sends and shows later taps', async () => {
  const { rows: [scope] } = await pool.query<{ id: string, ver: string }>(`
    update sync.scope
    set head = head + 1, n_live = n_live + 1, sum_ver = sum_ver + head + 1
    where id = $1
    returning id, head as ver`,
  [`user:${cast.first.login}`])
  await pool.query(`insert into sync.entry (scope, tbl, pk, ver, op, data)
    select $1, 'verdict', x.id, $2, 'P',
      jsonb_build_object('id', x.id, 'detail', (repeat('[', 6000) || repeat(']', 6000))::jsonb)
    from gen_random_uuid() x(id)`, [scope!.id, scope!.ver])
  const [sent, before] = [await verdicts(), await shown(page)]
  await tapSwitch(page, 0)
  await page.getByText(/1 条本机读不了/).first().waitFor({ timeout: 30_000 })
  await expect.poll(verdicts, { timeout: 20_000 }).toBe(sent + 1)
  await page.reload()
  await page.getByText(/1 条本机读不了/).first().waitFor({ timeout: 30_000 })
  await expect.poll(() => shown(page)).toEqual([!before[0], ...before.slice(1)])
  expect(broken).toEqual([])
})

it('does not show a tap on a full phone as kept, says what to do, and keeps taps when there is room', async () => {
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: wire.url, quotaSize: 1 })
  const full = page.getByText(/手机存储已满，这一步没有记下/)
  // Chromium checks the quota every half minute at most; until then taps are kept
  await expect.poll(async () => {
    await switches(page).nth(2).click()
    return full.count()
  }, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0)
  const before = await shown(page)
  await switches(page).nth(0).click()
  await full.waitFor()
  expect(await shown(page)).toEqual(before)
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: wire.url })
  const sent = await verdicts()
  await expect.poll(async () => {
    await switches(page).nth(0).click()
    return verdicts()
  }, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(sent)
  expect(broken).toEqual([])
})
