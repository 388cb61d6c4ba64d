import type { Page } from 'playwright-core'
import type { App } from './harness.ts'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { readDemo } from '../../supabase/local/first-start.ts'
import { text } from '../../supabase/local/http/answer.ts'
import { pages } from '../../supabase/local/http/pages.ts'
import { staticFiles } from '../../supabase/local/http/static-files.ts'
import { PHONE, profile, startApp, tempFolder } from './harness.ts'

/** The worker of the residents' page, over the releases of a server: the page it keeps, its own code, its end. */
let app: App
let page: Page
let folder: string
let gone = false
/** how the server was asked for the page to keep: with the tag of the one before, and what it answered */
const asked: { tagged: boolean, status: number }[] = []
const SOON = { timeout: 60_000, interval: 200 }

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  folder = await tempFolder()
  await cp(path.join(PROJECT_ROOT, 'dist'), folder, { recursive: true })
  const files = pages(staticFiles(folder))
  app = await startApp({
    demo: 'yes',
    page: async () => async (request, response, urlPath) => {
      const isPage = urlPath === '/resident.html'
      const tagged = request.headers['if-none-match'] !== undefined
      if (isPage) response.once('finish', () => asked.push({ tagged, status: response.statusCode }))
      return gone && (isPage || urlPath.startsWith('/b/')) ? text(404, 'Not found') : files(request, response, urlPath)
    },
  })
  page = await (await profile(app.browser, app.backend.url, PHONE)).newPage()
  await page.goto(`/b/${(await readDemo(app.backend.db))?.resident_code}`)
})
afterAll(async () => {
  await app?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Deploys a file with something replaced, without the forms that were compressed of the one before. */
async function deploy(file: string, before: string, after: string): Promise<void> {
  const whole = await readFile(path.join(folder, file), 'utf8')
  expect(whole).toContain(before)
  await writeFile(path.join(folder, file), whole.replace(before, after))
  await Promise.all(['br', 'gz'].map(async ending => rm(path.join(folder, `${file}.${ending}`), { force: true })))
}
/** The caches of the page by name, each with the release of the page that it keeps. */
async function kept(): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {}
    for (const name of (await caches.keys()).filter(k => k.startsWith('redwhistle-door-'))) {
      const html = await (await (await caches.open(name)).match('/resident.html'))?.text() ?? ''
      found[name] = /data-release="(\w+)"/.exec(html)?.[1] ?? (html ? 'first' : 'none')
    }
    return found
  })
}
const workers = async (): Promise<number> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
/** The release on the screen. */
const shown = async (): Promise<string> =>
  page.evaluate(() => document.documentElement.dataset.release ?? 'first')

it('asks for a page that did not change by its tag, and gets no body', async () => {
  await expect.poll(kept, SOON).toEqual({ 'redwhistle-door-1': 'first' })
  const before = asked.length
  await page.reload()
  await expect.poll(() => asked.slice(before), SOON).toContainEqual({ tagged: true, status: 304 })
  expect(await kept()).toEqual({ 'redwhistle-door-1': 'first' })
})

it('shows the kept page at once and the next release on the next visit', async () => {
  await deploy('resident.html', '<html', '<html data-release="second"')
  await page.reload()
  expect(await shown()).toBe('first')
  await expect.poll(kept, SOON).toEqual({ 'redwhistle-door-1': 'second' })
  await page.reload()
  expect(await shown()).toBe('second')
})

it('takes over with a new worker, which keeps nothing of the one before', async () => {
  await deploy('resident-sw.js', 'redwhistle-door-1', 'redwhistle-door-2')
  await page.reload()
  await expect.poll(kept, SOON).toEqual({ 'redwhistle-door-2': 'second' })
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await workers()).toBe(1)
})

it('removes itself and all it kept where no residents\' page is served any more', async () => {
  gone = true
  await page.reload() // still shown, and asked for; the page may register its worker again while that removes itself
  await expect.poll(kept, SOON).toEqual({})
  expect((await page.reload())?.status()).toBe(404)
  await expect.poll(workers, SOON).toBe(0)
  expect(await kept()).toEqual({})
})
