import type { BrowserContext, Page } from 'playwright-core'
import type { App } from './harness.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GROUPS } from './everyPage.ts'
import { PHONE, profile, startApp } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'

interface SignIn { name: string, password: string }

let app: App
let people: SignIn[]
beforeAll(async () => {
  app = await startApp({ demo: 'yes' })
  const config = await (await fetch(`${app.backend.url}/config.json`)).json() as { demo: { sign_ins: SignIn[] } }
  people = config.demo.sign_ins
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => { await app.close() })

const HAN = /\p{Script=Han}+/gu
const LATIN = /[A-Z]{2,}/gi
/** Latin letters that Chinese readers write themselves. */
const CHINESE_USES = new Set(['English', 'Esc', 'Enter', 'Shift', 'Ctrl', 'UTF', 'GBK', 'MB'])
/** Addresses, commands, endings of files, the number of a device: said in no language. */
const CODE = /https?:\/\/\S+|localhost:\S+|npm run [\w -]+|\.(?:xlsx|xls|csv)|\b[0-9a-f]{12}\b/g
/** Each language is called by its own name. */
const ENGLISH_USES = new Set(['中文'])

/** What a page says to the eye and to a screen reader, each piece by itself. */
async function saidOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said: string[] = [document.title]
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const { parentElement, nodeValue } = walk.currentNode
      if (!parentElement?.closest('script, style, noscript')) said.push(nodeValue ?? '')
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
        said.push(element.getAttribute(name) ?? '')
      }
    }
    return said.map(text => text.trim()).filter(text => text !== '')
  })
}

/** Words of the other language, each with the text it stands in. */
function foreignOn(said: string[], locale: 'zh-CN' | 'en'): { word: string, text: string }[] {
  const [script, uses] = locale === 'en' ? [HAN, ENGLISH_USES] : [LATIN, CHINESE_USES]
  return [...new Set(said)].flatMap(text =>
    (text.replace(CODE, '').match(script) ?? []).filter(word => !uses.has(word)).map(word => ({ word, text })))
}

/** Everything this phone holds and the server keeps: names of places, people and units, and what people wrote. */
async function data(): Promise<string> {
  const tables = await app.backend.db.query(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema = 'app' and table_type = 'BASE TABLE'`,
  )
  const kept = await Promise.all(tables.map(async ({ name }) =>
    JSON.stringify(await app.backend.db.query(`select * from ${String(name)}`))))
  const config = await (await fetch(`${app.backend.url}/config.json`)).text()
  return [...kept, config].join('\n')
}

async function enter(locale: 'zh-CN' | 'en', name: string | null): Promise<[BrowserContext, Page]> {
  const context = await profile(app.browser, app.backend.url, PHONE)
  await context.addInitScript((locale) => {
    localStorage['redwhistle-preferences'] ??= JSON.stringify({ locale })
  }, locale)
  const page = await context.newPage()
  if (name === null) return [context, page]
  const who = people.find(p => p.name === name) ?? people.find(p => /^\d+$/.test(p.name))!
  await page.goto('/sign-in')
  await page.locator('input[autocomplete="username"]').fill(who.name)
  await page.locator('input[type="password"]').fill(who.password)
  await page.locator('form button[type="submit"]').first().click()
  await page.getByText(/已同步|Synced/).first().waitFor()
  return [context, page]
}

describe.each(GROUPS)('%s', (_, name, paths) => {
  it.each(['zh-CN', 'en'] as const)('says nothing in another language: %s', async (locale) => {
    const [context, page] = await enter(locale, name)
    const found: string[] = []
    let known = ''
    for (const path of paths) {
      await page.goto(path)
      await page.locator('h1').first().waitFor({ state: 'attached' })
      await page.waitForTimeout(250)
      const foreign = foreignOn(await saidOn(page), locale)
      // what is not in the data may have come into it since it was read
      if (foreign.some(({ word }) => !known.includes(word))) known = await data()
      found.push(...foreign.filter(({ word }) => !known.includes(word)).map(({ text }) => `${path}: ${text}`))
    }
    await context.close()
    expect(found).toEqual([])
  })
})
