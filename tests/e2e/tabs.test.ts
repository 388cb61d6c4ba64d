import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Chrome } from '../kills/browser.ts'
import type { Actor } from './cast.ts'
import type { TempBackend } from './harness.ts'
import { rm } from 'node:fs/promises'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { clock } from '../clock.ts'
import { openChrome } from '../kills/browser.ts'
import { makeCast, openPool, signInOn } from './cast.ts'
import { startTemp, tempFolder } from './harness.ts'
import { openSwitches, shown, tapSwitch } from './switches.ts'

let backend: TempBackend
let pool: pg.Pool
/** people without a tap, one per test */
let people: Actor[]
let who: Actor
let profile: string
let chrome: Chrome
let lead: Page
let other: Page

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  backend = await startTemp()
  pool = openPool(backend.dataDir)
  const { first, coordinator, stranger } = await makeCast(pool, backend.url)
  people = [first, coordinator, stranger] // the second volunteer has given a consent already
})
beforeEach(async () => {
  who = people.pop()!
  profile = await tempFolder()
  chrome = await openChrome(profile, true)
  // without the service worker, which lives in the process of a tab that is stopped below
  await chrome.page.context().route('**/sw.js', route => route.abort())
  lead = await signInOn(chrome.page, who, backend.url)
  await openSwitches(lead, backend.url)
  await expect.poll(() => ownsLock(lead), { timeout: 10_000 }).toBe(true)
  other = await chrome.page.context().newPage()
  await openSwitches(other, backend.url)
})
afterEach(async () => {
  await chrome?.kill()
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
afterAll(async () => {
  await pool?.end()
  await backend?.discard()
})

/** Whether this page holds the lock of the sync. A page learns its own id from a lock it has just taken. */
function ownsLock(page: Page): Promise<boolean> {
  return page.evaluate(() => navigator.locks.request('who am I', async () => {
    const { held = [] } = await navigator.locks.query()
    const me = held.find(lock => lock.name === 'who am I')!.clientId
    return held.some(lock => lock.clientId === me && lock.name!.startsWith('sync:'))
  }))
}

/** Numbers the server decided for the person, in order. */
async function numbers(): Promise<number[]> {
  const text = 'select seq::int as seq from sync.result where login_id = $1 order by seq'
  const { rows } = await pool.query(text, [who.login])
  return rows.map((r: { seq: number }) => r.seq)
}
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

/** Changes the person's name on the server. */
async function rename(name: string): Promise<void> {
  await pool.query('update app.responder set display_name = $2 where id = $1', [who.responder, name])
}

/** Rings that this page hears from now on. */
function rings(page: Page): string[] {
  const heard: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => String(payload).includes('"ring"') && heard.push(String(payload)))
  })
  return heard
}

/** The number of the process of a page: the one that works hardest while the page does. */
async function processOf(page: Page): Promise<number> {
  const cdp = await page.context().browser()!.newBrowserCDPSession()
  const times = async (): Promise<Map<number, number>> => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo')
    return new Map(processInfo.filter(p => p.type === 'renderer').map(p => [p.id, p.cpuTime]))
  }
  const before = await times()
  await page.evaluate(() => {
    const end = performance.now() + 400
    while (performance.now() < end);
  })
  const spent = [...await times()].map(([pid, time]) => [pid, time - (before.get(pid) ?? 0)] as const)
  return spent.reduce((most, next) => next[1] > most[1] ? next : most)[0]
}

/** Expects that, without the leader, the other tab sends, leads, and hears changes of others. */
async function takesOver(): Promise<void> {
  const bell = rings(other)
  await tapSwitch(other, 0)
  await expect.poll(numbers, { timeout: 60_000 }).toEqual(upTo(1))
  await expect.poll(() => ownsLock(other), { timeout: 10_000 }).toBe(true)
  await other.getByText(/^已同步/).first().waitFor()
  let n = 0 // the tab may still be joining, so the name changes until a ring comes
  await expect.poll(async () => {
    await rename(`王老师${++n}`)
    return bell.length
  }, { timeout: 30_000, interval: 1000, message: 'the doorbell rang in the tab that took over' }).toBeGreaterThan(0)
  await rename('王老师')
  await other.getByText(/“王老师”/).waitFor()
}

/** Expects that the old leader shows what it missed, that one of the two leads, and that both can be tapped. */
async function bothGoOn(): Promise<void> {
  await lead.bringToFront()
  await lead.getByText(/“王老师”/).waitFor()
  await expect.poll(async () => [await ownsLock(lead), await ownsLock(other)], { timeout: 10_000 })
    .toEqual([false, true])
  await tapSwitch(lead, 1)
  await tapSwitch(other, 2)
  await expect.poll(numbers, { timeout: 30_000 }).toEqual(upTo(3))
  await expect.poll(async () => [await shown(lead), await shown(other)], { timeout: 10_000 })
    .toEqual([[true, true, true], [true, true, true]])
}

/** Resolves when a page has sent no request for longer than its second look takes: then no transaction is open. */
async function atRest(page: Page): Promise<void> {
  let last = clock.now()
  const note = (): void => { last = clock.now() }
  page.on('request', note)
  await expect.poll(() => clock.now() - last, { timeout: 30_000 }).toBeGreaterThan(2500)
  page.off('request', note)
}

it('a frozen tab hands the lead on, and waits for its turn when it thaws', async () => {
  const cdp = await lead.context().newCDPSession(lead)
  await atRest(lead) // Chromium itself freezes no page in the middle of a transaction
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  await takesOver()
  await cdp.send('Page.setWebLifecycleState', { state: 'active' })
  await bothGoOn()
})

it.runIf(process.platform !== 'win32')(
  'a visible tab takes the lead from a tab that was stopped, which notices when it runs again',
  async () => {
    const pid = await processOf(lead)
    await atRest(lead)
    process.kill(pid, 'SIGSTOP')
    try {
      await takesOver()
    }
    finally {
      process.kill(pid, 'SIGCONT')
    }
    await bothGoOn()
  },
)

it('two tabs tapped at once count every tap once, and one of them syncs for both', async () => {
  let asked = 0
  other.on('request', request => /\/rpc\/(?:push|pull)$/.test(request.url()) && asked++)
  await Promise.all([tapSwitch(lead, 0, 15), tapSwitch(other, 1, 15)])
  await expect.poll(numbers, { timeout: 30_000 }).toEqual(upTo(30))
  await rename('王老师')
  for (const page of [lead, other]) {
    await page.getByText(/“王老师”/).waitFor()
    await page.getByText(/^已同步/).first().waitFor()
  }
  expect([await shown(lead), await shown(other)]).toEqual([[true, true, false], [true, true, false]])
  expect(asked, 'requests of the tab that does not lead').toBe(0)
})
