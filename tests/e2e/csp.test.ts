import type { Page } from 'playwright-core'
import type { App } from './harness.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readDemo } from '../../supabase/local/first-start.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { signInDemo, watch } from './watch.ts'

let app: App

beforeAll(async () => { app = await startApp({ demo: 'yes' }) })
afterAll(async () => app?.close())

const signInAs = async (page: Page, label: RegExp): Promise<void> => signInDemo(page, app.backend, label)

const RESPONDER = [
  '/', '/messages', '/queue', '/me', '/me/feedback', '/me/about', '/me/account', '/me/password', '/no/such/page',
]
const COORDINATOR = [
  '/today', '/more', '/search',
  '/roster', '/roster/print', '/board', '/callout/new', '/mode', '/people', '/import', '/doors/print',
]

it.each([
  ['下沉干部 on a phone', /cadre 1/, PHONE, RESPONDER],
  ['社区书记 at a desk', /coordinator/, DESKTOP, COORDINATOR],
  ['街道值班 at a desk', /street officer/, DESKTOP, ['/street']],
  ['单位联络人 on a phone', /liaison/, PHONE, ['/unit', '/unit/people']],
  ['管理员 at a desk', /admin/, DESKTOP, ['/admin', '/setup/steps']],
] as const)('no page of the %s breaks the content policy or throws', async (_who, label, device, paths) => {
  const context = await profile(app.browser, app.backend.url, device)
  const page = await context.newPage()
  const found = watch(page)
  await signInAs(page, label)
  for (const path of paths) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(300)
  }
  expect(found).toEqual([])
  await context.close()
})

it('no page that needs no session breaks the content policy or throws', async () => {
  const page = await (await profile(app.browser, app.backend.url, PHONE)).newPage()
  const found = watch(page)
  const door = `/b/${(await readDemo(app.backend.db))?.resident_code}`
  for (const path of ['/sign-in', '/i', '/reset', '/setup', door, '/b/0000000000']) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(300)
  }
  expect(found).toEqual([])
})
