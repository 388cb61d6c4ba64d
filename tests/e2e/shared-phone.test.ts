import type pg from 'pg'
import type { BrowserContext, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { isOfDevice } from '../storageKeys.ts'
import { makeCast, openPool, signIn, signInOn } from './cast.ts'
import { PHONE, profile, startApp } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

// One phone, two people. The second finds nothing of the first but the unsent taps, and these are sealed.
let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let phone: BrowserContext
let page: Page

beforeAll(async () => {
  app = await startApp({ demo: 'no' })
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  const shift = await makeShift(pool, cast.world, new Date(clock.now() + 30 * 3_600_000), 3, 2)
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select gen_random_uuid(), id, $2, starts_at, ends_at, 'accepted', now() from app.shift where id = $1`,
    [shift, cast.first.responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [shift])
  wire = await layWire(app.backend.url)
  phone = await profile(app.browser, wire.url, PHONE)
  await phone.grantPermissions(['notifications'])
  page = await signIn(phone, cast.first)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await wire?.close()
  await pool?.end()
  await app?.close()
})

/** Everything this browser keeps: rows of databases, storage, caches without the app's own files, notifications. */
async function readBrowser(): Promise<string> {
  return page.evaluate(async () => {
    const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.body.textContent ?? '']
    const plain = (_: string, v: unknown): unknown => ArrayBuffer.isView(v) ? new TextDecoder('latin1').decode(v) : v
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name!)
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      for (const table of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const asked = db.transaction(table).objectStore(table).getAll()
          asked.onsuccess = () => resolve(asked.result)
          asked.onerror = () => reject(asked.error)
        })
        said.push(`${name}/${table}: ${JSON.stringify(rows, plain)}`)
      }
      db.close()
    }
    const isAppFile = (url: string): boolean => /\.(?:js|css|wasm|svg|png|woff2?|html)(?:$|\?)/.test(url)
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        said.push(request.url, isAppFile(request.url) ? '' : await (await cache.match(request))!.text())
    }
    const worker = await navigator.serviceWorker.getRegistration()
    for (const n of await worker!.getNotifications()) said.push(n.title, n.body ?? '', JSON.stringify(n.data))
    return said.join('\n')
  })
}
/** Words that tell of the first person: their name, their sign-in name, their duty, their tap. */
const OF_FIRST = /王建国|jianguo|单元门岗|梧桐苑|set_consent|public_display/
/** A tap in the outbox. The page shows it a moment before it is written. */
const UNSENT = /outbox: \[\{.*set_consent/

async function consents(): Promise<number> {
  const text = 'select 1 from app.consent where responder_id = $1 and withdrawn_at is null'
  return (await pool.query(text, [cast.first.responder])).rowCount ?? 0
}

/** Flips the switch of public display without a network. */
async function tapOffline(): Promise<void> {
  await page.goto('/me')
  await page.getByText(/已同步/).first().waitFor()
  wire.cut()
  await phone.setOffline(true)
  await page.getByRole('switch', { name: /值守牌上显示/ }).click()
  await expect.poll(readBrowser).toMatch(UNSENT)
}
/** Signs out with nothing unsent, and waits until it is done. */
async function signOut(): Promise<void> {
  await page.goto('/me')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '确定退出' }).click()
  await page.getByLabel('手机号或登录名').waitFor()
}
/** Keys of localStorage that say something of somebody. */
async function keysOfPeople(): Promise<string[]> {
  return (await page.evaluate(() => Object.keys(localStorage))).filter(key => !isOfDevice(key))
}
async function online(): Promise<void> {
  wire.mend()
  await phone.setOffline(false)
}

it('keeps unsent taps sealed, and nothing else of a person who signed out', async () => {
  expect(await readBrowser(), 'the search finds the first person').toMatch(OF_FIRST)
  await tapOffline()
  await page.evaluate(
    async login => localStorage.setItem(`redwhistle-roster-places-${login}`, '{"c":{"王建国":"p"}}'),
    cast.first.login,
  )
  await page.evaluate(async () => (await navigator.serviceWorker.ready).showNotification('王建国，请答复'))
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: /先退出，内容留在这部手机/ }).click()
  await page.getByLabel('手机号或登录名').waitFor()
  expect(await readBrowser(), 'even while nobody is signed in').not.toMatch(OF_FIRST)
  expect(await keysOfPeople()).toEqual([])
  await online()
  await signInOn(page, cast.stranger)
  const seen = await readBrowser()
  expect(seen).not.toMatch(OF_FIRST)
  expect(seen).toMatch(/redwhistle-sealed\/sealed: \[\{/)
  expect(await consents()).toBe(0)
})

it('gives the taps back to their person, and they are sent', async () => {
  await signOut()
  await signInOn(page, cast.first)
  await expect.poll(consents, { timeout: 20_000 }).toBe(1)
  await expect.poll(readBrowser, { timeout: 20_000 }).toMatch(/redwhistle-sealed\/sealed: \[\]/)
})

it('leaves no notification of a person who signed out with nothing unsent', async () => {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).showNotification('王建国，请答复'))
  await expect.poll(readBrowser).toMatch(/王建国，请答复/)
  expect(await keysOfPeople(), 'the search finds their keys').toContain('redwhistle-born')
  await signOut()
  await expect.poll(readBrowser).not.toMatch(OF_FIRST)
  expect(await keysOfPeople()).toEqual([])
  await signInOn(page, cast.first)
})

it('loses nothing while a session cannot be renewed', async () => {
  await tapOffline()
  await page.goto('/sign-in')
  await page.getByLabel('手机号或登录名').waitFor()
  expect(await readBrowser()).toMatch(OF_FIRST)
  await page.goto('/me')
  await page.getByText(/待上传/).first().waitFor()
  expect(await readBrowser()).toMatch(UNSENT)
})

it('seals the taps of a session that the server ended when the next person signs in', async () => {
  await pool.query('delete from auth.refresh_tokens where user_id::text = $1', [cast.first.login])
  await pool.query('delete from auth.sessions where user_id = $1', [cast.first.login])
  await online()
  await page.getByText('登录已过期').first().waitFor({ timeout: 60_000 })
  expect(await readBrowser(), 'until then it is all here').toMatch(OF_FIRST)
  await signInOn(page, cast.stranger)
  const seen = await readBrowser()
  expect(seen).not.toMatch(OF_FIRST)
  expect(seen).toMatch(/redwhistle-sealed\/sealed: \[\{/)
  expect(await consents(), 'not sent in anybody else\'s name').toBe(1)
  await signOut()
  await signInOn(page, cast.first)
  await expect.poll(consents, { timeout: 20_000 }).toBe(0)
})

it('shows nothing in another tab either', async () => {
  const other = await phone.newPage()
  await other.goto('/')
  await other.getByText(/王建国|单元门岗/).first().waitFor()
  await signOut()
  await other.getByLabel('手机号或登录名').waitFor()
  expect(await other.evaluate(() => document.body.textContent)).not.toMatch(OF_FIRST)
  await expect.poll(readBrowser).not.toMatch(OF_FIRST)
})
