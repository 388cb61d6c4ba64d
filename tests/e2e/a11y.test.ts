import type { BrowserContextOptions, Page } from 'playwright-core'
import type { App } from './harness.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coordinatorRoutes } from '../../src/views/coordinatorRoutes.ts'
import { reportRoutes } from '../../src/views/reportRoutes.ts'
import { responderRoutes } from '../../src/views/responderRoutes.ts'
import { todayRoutes } from '../../src/views/todayRoutes.ts'
import { togetherRoutes } from '../../src/views/togetherRoutes.ts'
import { planUntilCalls } from './callList.ts'
import { GROUPS } from './everyPage.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { findings, shape } from './looks.ts'

interface SignIn { name: string, password: string }
interface Look { name: string, elder: boolean, dark: boolean }

const PLAIN: Look = { name: 'plain', elder: false, dark: false }
const DARK: Look = { name: 'dark', elder: false, dark: true }
const LARGE: Look = { name: 'large print', elder: true, dark: false }
/** A page is loaded once on each device and looked at in each of its looks. */
const DEVICES: [string, BrowserContextOptions, Look[]][] = [
  ['phone', PHONE, [PLAIN, DARK, LARGE]],
  ['desktop', DESKTOP, [PLAIN]],
]
/**
 * Routes with an id: the first ones a person has are looked at below, the report in drill.test.ts, ledgers, 代办 and
 * cards in ledgers.test.ts.
 */
const BY_ID = [
  '/duty/:assignment', '/callout/:offer', '/callout/:id/report', '/callout/:id/ledger', '/people/:id/edit',
  '/people/:id/proxy', '/people/:id/card', '/reports/:id/print', '/organisations/:id', '/organisations/:id/edit',
  '/units/:id', '/units/:id/edit', '/units/:id/wall', '/council/:id/edit',
]
/** Shows nothing of its own: leads a person who signed in to their page. */
const BETWEEN = ['/start']

let app: App
let people: SignIn[]
beforeAll(async () => {
  app = await startApp({ demo: 'yes' })
  const config = await (await fetch(`${app.backend.url}/config.json`)).json() as { demo: { sign_ins: SignIn[] } }
  people = config.demo.sign_ins
  // rosters and their papers say of this year that its holidays are not known
  await app.backend.db.query(`delete from app.holiday`)
  // no channel reaches the people of the drill, so by noon they are on the call list
  const noon = `(((now() at time zone interval '+08:00')::date + 1) + time '12:00') at time zone interval '+08:00'`
  await planUntilCalls(async (text, params) => app.backend.db.query(text, params), noon)
})
afterAll(async () => { await app.close() })

it('looks at every route', () => {
  const routes = [...responderRoutes, ...reportRoutes, ...coordinatorRoutes, ...todayRoutes, ...togetherRoutes]
    .map(route => route.path)
  const lists = [...GROUPS.flatMap(([, , paths]) => paths), ...BY_ID, ...BETWEEN]
  expect(routes.filter(path => !lists.includes(path)), 'add it to a list of everyPage.ts').toEqual([])
})

const who = (name: string): SignIn => people.find(p => p.name === name) ?? people.find(p => /^\d+$/.test(p.name))!

/** Opens a page on this device, signed in when a person is given. */
async function open(device: BrowserContextOptions, person: SignIn | null): Promise<Page> {
  const context = await profile(app.browser, app.backend.url, { ...device, reducedMotion: 'reduce' })
  const page = await context.newPage()
  if (!person) return page
  await page.goto('/sign-in')
  await page.getByLabel('手机号或登录名').fill(person.name)
  await page.getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText(/已同步/).first().waitFor()
  return page
}

/** Changes the look as the app does: dark by the system's wish, 大字版 by the mark that its styles ask for. */
async function wear(page: Page, { elder, dark }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
  await page.evaluate(async (elder) => {
    document.documentElement.toggleAttribute('data-elder', elder)
    await new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))
  }, elder)
}

async function check(page: Page, looks: Look[], paths: string[]): Promise<void> {
  for (const path of paths) {
    await wear(page, PLAIN)
    await page.goto(path)
    await page.locator('h1').first().waitFor({ state: 'attached' })
    await page.waitForTimeout(250)
    for (const look of looks) {
      await wear(page, look)
      const seen = [await findings(page), await shape(page)]
      expect(seen, `${path}, ${look.name}`).toEqual([[], { h1: 1, sideways: 0, small: [] }])
    }
  }
}

describe.each(DEVICES)('%s', (_, device, looks) => {
  // a coordinator has half of all pages
  it.each(GROUPS)('%s', { timeout: 300_000 }, async (_, name, paths) => {
    const page = await open(device, name === null ? null : who(name))
    await check(page, looks, paths)
    if (name === 'coordinator') {
      const [person] = await idsOf(page, 'responder_lead')
      await check(page, looks, [`/people/${person}/edit`, ...await keptPages(page)])
    }
    await page.context().close()
  })
})

/** The pages of one organisation, one unit, one seat and one report, and the poster of the unit with a wall. */
async function keptPages(page: Page): Promise<string[]> {
  const [org] = await idsOf(page, 'party_org')
  const [unit] = await idsOf(page, 'partner_unit')
  const [seat] = await idsOf(page, 'seat')
  const [made] = await app.backend.db.query<{ wall: string, report: string }>(
    `select u.id as wall, f.id as report from app.partner_unit u, app.report_form f
    where u.wall_code is not null and f.state = 'confirmed' limit 1`,
  )
  return [
    `/organisations/${org}`, `/organisations/${org}/edit`, `/units/${unit}`, `/units/${unit}/edit`,
    `/units/${made!.wall}/wall`, `/council/${seat}/edit`, `/reports/${made!.report}/print`,
  ]
}

/** Ids of a table on this phone, read as the app keeps them. */
async function idsOf(page: Page, table: string): Promise<string[]> {
  return page.evaluate(async (name) => {
    const database = (await indexedDB.databases()).find(d => /^redwhistle-[0-9a-f]{8}-/.test(d.name ?? ''))
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database!.name!)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const request = db.transaction(name).objectStore(name).getAllKeys()
      request.onsuccess = () => resolve(request.result)
    })
    db.close()
    return keys.map(String)
  }, table)
}

describe.each(DEVICES)('shifts and requests, %s', (_, device, looks) => {
  it('every card of a responder opens a page without findings', async () => {
    let seen = { shifts: 0, requests: 0 }
    for (const person of people.filter(p => /^\d+$/.test(p.name))) {
      const page = await open(device, person)
      const [shifts, requests] = [await idsOf(page, 'my_assignment'), await idsOf(page, 'my_offer')]
      await check(page, looks, [
        ...shifts.slice(0, 2).map(id => `/duty/${id}`),
        ...requests.slice(0, 1).map(id => `/callout/${id}`),
      ])
      seen = { shifts: seen.shifts + shifts.length, requests: seen.requests + requests.length }
      await page.context().close()
    }
    expect(seen.shifts).toBeGreaterThan(0)
    expect(seen.requests).toBeGreaterThan(0)
  })
})

it('a coordinator who opens the app begins at 今天, 我的班 one tap away, where a reload stays', async () => {
  const page = await open(PHONE, who('coordinator'))
  await page.waitForURL('**/today')
  await page.close()
  const again = await page.context().newPage()
  await again.goto('/')
  await again.waitForURL('**/today')
  await again.getByRole('link', { name: /我的班/ }).click()
  await again.waitForURL(url => url.pathname === '/')
  await again.reload()
  await again.locator('h1').first().waitFor({ state: 'attached' })
  await again.waitForTimeout(500)
  expect(new URL(again.url()).pathname).toBe('/')
  expect(await findings(again)).toEqual([])
  await page.context().close()
})

describe('by keyboard', () => {
  it('reaches the content first, opens a sheet, keeps the focus in it and gives it back', async () => {
    const page = await open(DESKTOP, who('responder'))
    await page.goto('/me')
    await page.getByRole('switch').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.getByRole('button', { name: '退出登录' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('[role=alertdialog]') !== null)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await expect.poll(async () => page.evaluate(() => document.activeElement?.textContent)).toContain('退出登录')
    await page.context().close()
  })

  it('switches to large print with the space bar, and then nothing is timed', async () => {
    const page = await open(PHONE, who('responder'))
    await page.getByRole('button', { name: '大字版' }).focus()
    await page.keyboard.press('Space')
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--undo').trim()))
      .toBe('infinite')
    expect(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize)))
      .toBeGreaterThanOrEqual(22)
    await page.context().close()
  })
})
