import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { first } from '#i18n/zh-CN/first.ts'
import { rest } from '#i18n/zh-CN/rest.ts'
import { askedKeys, firstLoad } from './askedKeys.ts'
import { messages } from './messages.ts'

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
/** Words that are Chinese in English too: the language's own name, and a building of an example. */
const CHINESE_IN_ENGLISH = /^(?:shell\.language\.zh-CN|resident\.other|template\.example\..*\.building)$/
/** Cells that an example leaves empty, and the role of an unknown person. */
const MAY_BE_EMPTY = /^(?:template\.example\..*|resident\.role\.on_duty)$/
/** Groups that are read whole, by the types of their readers; words.test.ts looks for their names. */
const READ_WHOLE = /^(?:time|worker|template|deliver|feed|resident)\./

describe('texts', () => {
  const zh = messages('zh-CN')
  const en = messages('en')

  it('have the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    expect(zh.size).toBeGreaterThan(1500)
  })

  it('fill the same placeholders in both languages', () => {
    // a month is a number in Chinese and a name in English; the day of the week is inserted later
    for (const [key, text] of zh) expect(placeholders(en.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  it('leave nothing empty and nothing in the wrong language', () => {
    for (const [key, text] of zh) expect(MAY_BE_EMPTY.test(key) || text.trim() !== '', key).toBe(true)
    for (const [key, text] of en)
      expect(CHINESE_IN_ENGLISH.test(key) ? '' : text, key).not.toMatch(/[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u)
  })

  const keys = [...zh.keys()].filter(key => !READ_WHOLE.test(key))
  const wrong = ['shell.nowhere', 'board.callout.nobody']
  const asked = askedKeys([...keys, ...wrong])

  it('are all used', () => {
    const used = new Set([...asked.values()].flatMap(some => [...some]))
    expect([...keys, ...wrong].filter(key => !used.has(key))).toEqual(wrong)
  })

  it('of the first load are all that its files ask for', () => {
    const files = [...firstLoad()]
    expect(files).toContain('src/views/duty/MyDuty.vue')
    expect(files).not.toContain('src/i18n/zh-CN/rest.ts')
    const missing = files.flatMap(file =>
      [...asked.get(file) ?? []].filter(key => Object.hasOwn(rest, key.split('.')[0]!)).map(key => `${file}: ${key}`))
    expect(missing, 'move the key, or fetch the words before the part is shown').toEqual([])
    const areas = new Set(files.flatMap(file => [...asked.get(file) ?? []]).map(key => key.split('.')[0]))
    expect(Object.keys(first).filter(area => !areas.has(area)), 'belongs into rest.ts').toEqual([])
  })

  it('are the ones written into the two pages before their script', () => {
    const page = readFileSync(new URL('../../resident.html', import.meta.url), 'utf8')
    const said = page.replace(/<!--.*?-->/gs, '').split(/<[^>]*>/).filter(text => /\p{Script=Han}/u.test(text))
    const [title, loading] = [
      zh.get('resident.title')!,
      `${zh.get('resident.loading')} · ${en.get('resident.loading')}`,
    ]
    const noScript = zh.get('resident.noScript')!
    const calls = ['city', 'fire', 'medical'].map(k => zh.get(`resident.${k}`)!)
    expect(said).toEqual([title, title, loading, noScript, ...calls])
    expect(page).toContain(`<br>${en.get('resident.noScript')}</p>`)
    expect(page).toContain(`data-label="${zh.get('resident.dutyRoom')} · ${en.get('resident.dutyRoom')}"`)
    const manifest = JSON.parse(
      readFileSync(new URL('../../public/manifest.webmanifest', import.meta.url), 'utf8'),
    ) as { short_name: string, shortcuts: { name: string }[] }
    expect([manifest.short_name, ...manifest.shortcuts.map(s => s.name)]).toEqual(
      ['shell.name', 'shell.nav.roster', 'shell.nav.messages'].map(k => zh.get(k)),
    )
  })
})
