import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { App } from './harness.ts'
import type { Sheet } from './paper.ts'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '#domain/time.ts'
import { readBook } from '../../src/io/book/book.ts'
import { clock } from '../clock.ts'
import { openPool } from './cast.ts'
import { DESKTOP, profile, startApp } from './harness.ts'
import { paperOf } from './paper.ts'
import { signInDemo } from './watch.ts'

let app: App
let page: Page
let pool: pg.Pool
beforeAll(async () => {
  app = await startApp({ demo: 'yes' })
  pool = openPool(app.backend.dataDir)
  page = await (await profile(app.browser, app.backend.url, DESKTOP)).newPage()
  await signInDemo(page, app.backend, /coordinator/)
  await page.getByText(/^已同步/).first().waitFor()
})
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

/** Every sheet has this size and these words, says something besides, and nothing of it is cut off. */
function expectSheets(sheets: Sheet[], size: [width: number, height: number], words: RegExp): void {
  expect(sheets.length).toBeGreaterThan(0)
  for (const [i, sheet] of sheets.entries()) {
    expect([sheet.width, sheet.height], `size of sheet ${i + 1}`).toEqual(size)
    expect(sheet.words, `sheet ${i + 1}`).toMatch(words)
    expect(sheet.outside, `cut off on sheet ${i + 1}`).toEqual([])
    expect(sheet.words, 'buttons are not printed').not.toMatch(/返回|复制链接|关闭/)
  }
}

async function inLook(preferences: object, work: () => Promise<void>): Promise<void> {
  const set = (chosen: object): Promise<void> =>
    page.evaluate((more) => {
      const key = 'redwhistle-preferences'
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), ...more }))
    }, chosen)
  await set(preferences)
  await page.reload()
  try {
    await work()
  }
  finally {
    await set({ theme: 'system', elder: false, elder_step: 1, locale: 'zh-CN' })
    await page.reload()
  }
}

/** Names of everybody on a published shift of this week in the demonstration's community. */
async function dutyThisWeek(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`with week as (
    select date_trunc('week', now(), 'Asia/Shanghai') as starts
  )
  select distinct r.name
  from week
  join app.shift s on s.starts_at >= week.starts and s.starts_at < week.starts + interval '7 days'
  join app.org_unit u on u.id = s.community_id
  join app.assignment a on a.shift_id = s.id
  join app.responder r on r.id = a.responder_id
  where s.callout_id is null and s.state = 'open' and position(u.name in $1) > 0
    and a.state not in ('withdrawn', 'released', 'not_arrived')`, [await page.locator('h1').innerText()])
  return rows.map(row => row.name)
}

it('值班表: every sheet names the community and the week; no shift is missing', async () => {
  await page.goto('/roster/print')
  await page.locator('tbody tr').first().waitFor()
  const names = (): Promise<string[]> =>
    page.locator('tbody td').evaluateAll(cells =>
      cells.flatMap(cell => cell.textContent?.match(/\p{Script=Han}{2,4}/gu) ?? []))
  const duty = await dutyThisWeek()
  expect(duty.length).toBeGreaterThan(5)
  await expect.poll(async () => new Set(await names()).isSupersetOf(new Set(duty))).toBe(true)
  const sheets = await paperOf(page)
  expectSheets(sheets, [297, 210], /社区值班表.*月\d+日.*岗位班次/)
  const words = sheets.map(sheet => sheet.words).join('')
  // a PDF may hold a radical that looks the same in the place of a character
  const printed = (name: string): boolean =>
    new RegExp([...name].map(sign => `[${sign}\\u2E80-\\u2EFF\\u5DDB]`).join('')).test(words)
  expect((await names()).filter(name => !printed(name))).toEqual([])
  expect(sheets.at(-1)!.words).toMatch(/内部使用.*编制.*审核/)
})

it('值班表 of a month: each half on sheets of its own, with its days; nothing is cut off', async () => {
  await page.goto('/roster?view=month')
  await page.getByRole('link', { name: '打印', exact: true }).click()
  await page.locator('table').nth(1).locator('tbody tr').first().waitFor()
  const sheets = await paperOf(page)
  expectSheets(sheets, [297, 210], /社区值班表.*月\d+日.*岗位班次/)
  const heads = sheets.map(sheet => [...sheet.words.matchAll(/月(\d+)日周/g)].map(found => Number(found[1])))
  expect(heads[0]).toEqual([1, 16])
  expect(heads.at(-1)![0]).toBe(17)
  expect(heads.at(-1)![1]).toBeGreaterThan(27)
})

it('值班表 as a table: the same names, in a file that opens', async () => {
  await page.goto('/roster/print')
  await page.locator('tbody tr').first().waitFor()
  const duty = await dutyThisWeek()
  const unseen = async (): Promise<string[]> => {
    const shown = await page.locator('tbody td').allInnerTexts()
    return duty.filter(name => !shown.some(cell => cell.includes(name)))
  }
  await expect.poll(unseen).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('button', { name: '下载表格' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/值班表.*\.xlsx$/)
  const [sheet] = await readBook(new Uint8Array(readFileSync(await download.path())))
  const cells = sheet!.rows.flatMap(row => row.cells)
  expect(duty.filter(name => !cells.some(cell => cell.split('、').includes(name)))).toEqual([])
  expect(cells.join(' ')).not.toMatch(/1\d{10}/)
})

it('楼栋值守牌: one sheet for each door, linked from where people look', async () => {
  for (const from of ['/me', '/people', '/roster', '/board']) {
    await page.goto(from)
    await page.getByRole('link', { name: '打印楼栋值守牌' }).first().waitFor()
  }
  await page.getByRole('link', { name: '打印楼栋值守牌' }).first().click()
  await page.locator('article').first().waitFor()
  const doors = await page.locator('article').count()
  const sheets = await paperOf(page)
  expect(sheets.length).toBe(doors)
  expectSheets(sheets, [210, 297], /有事请找值守人员.*扫码看谁在岗.*\/b\/[0-9A-Z]{10}社区值班室025-00830016.*119.*只公示称呼/)
})

describe('one-time links', () => {
  const SLIPS = 14
  async function invite(): Promise<void> {
    await page.goto('/people')
    await page.locator('.seg label').nth(1).click() // those without an invitation
    const ticks = page.locator('main input[type=checkbox]')
    for (let i = 0; i < SLIPS; i++) await ticks.nth(i).check()
    await page.getByRole('button', { name: /^邀请所选|^Invite/ }).click()
    await page.locator('.slip').first().waitFor()
  }
  const expectSlips = (sheets: Sheet[], count: number, slip: RegExp): void => {
    expect(sheets.length, 'six to a sheet').toBe(Math.ceil(count / 6))
    expectSheets(sheets, [210, 297], slip)
    // a slip in two halves would have its end on another sheet than its beginning
    for (const [i, sheet] of sheets.entries())
      expect(sheet.words.match(new RegExp(slip, 'g'))?.length).toBe(Math.min(6, count - 6 * i))
  }

  it('邀请单: six to a sheet, none cut in two', async () => {
    await invite()
    expectSlips(await paperOf(page), SLIPS, /扫码或输入链接,设一个密码.*?#[0-9A-Z]{20}.*?只能用一次邀请码[0-9A-Z]{20}/)
  })

  it('重设密码单: its own name and code', async () => {
    await page.goto('/people')
    await page.locator('label').filter({ hasText: /^已登录/ }).click()
    await page.getByRole('button', { name: /已登录/ }).first().click()
    await page.getByRole('button', { name: '重设密码链接' }).click()
    await page.getByRole('heading', { name: '重设密码单' }).waitFor()
    expectSlips(await paperOf(page), 1, /重新设密码.*?\/reset#[0-9A-Z]{20}.*?只能用一次重设码[0-9A-Z]{20}/)
  })

  it('of somebody who reads in dark, in 大字版 and in English are printed the same way', async () => {
    await inLook({ theme: 'dark', elder: true, elder_step: 1.36, locale: 'en' }, async () => {
      await invite()
      expectSlips(await paperOf(page), SLIPS, /Scanortypethelink.*?#[0-9A-Z]{20}.*?onceonlyInvitationcode[0-9A-Z]{20}/)
    })
  })
})

it('召集复盘: the figures of a drill, marked as a drill', async () => {
  const [drill] = await app.backend.db.query<{ id: string }>('select id from app.callout order by opened_at limit 1')
  await page.goto(`/callout/${drill!.id}/report`)
  await page.locator('tbody tr').first().waitFor()
  const sheets = await paperOf(page)
  expect(sheets.length).toBe(1)
  expectSheets(sheets, [210, 297], /召集复盘.*演练.*名额.*没有个人/)
})

/** A turn of four hours that was stood by somebody so many days ago. */
async function served(days: number, name: string): Promise<void> {
  const at = new Date(clock.now() - days * DAY)
  await pool.query(`with turn as (
    insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), r.community_id,
      (select p.id from app.post p where p.community_id = r.community_id limit 1),
      r.id, $1::timestamptz, $1::timestamptz + interval '4 hours', 1, 'open'
    from app.roster r where r.state = 'published' limit 1 returning *)
  insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
  select gen_random_uuid(), t.id, r.id, t.starts_at, t.ends_at, 'done', t.starts_at
  from turn t, app.login l join app.responder r on r.login_id = l.id where l.sign_in_name = $2`, [at, name])
}

it('值守证明: a paper for each community, with the hours really stood', async () => {
  const own = await (await profile(app.browser, app.backend.url, DESKTOP)).newPage()
  await signInDemo(own, app.backend, /cadre 1/)
  await served(20, '19900000001')
  await own.goto('/me')
  await own.getByRole('link', { name: '值守记录' }).click()
  const year = Number((await own.getByLabel('从', { exact: true }).inputValue()).slice(0, 4))
  await own.getByLabel('从', { exact: true }).fill(`${year - 1}-01-01`)
  const turns = own.getByRole('list', { name: '每一班' }).getByRole('listitem')
  await turns.first().waitFor()
  const count = await turns.count()
  await own.getByRole('link', { name: '打印值守证明' }).click()
  await own.locator('article').first().waitFor()
  expect(await own.locator('tbody tr').count()).toBe(count)
  const sheets = await paperOf(own)
  expectSheets(sheets, [210, 297], /./)
  expect(sheets[0]!.words).toMatch(new RegExp(`值守证明兹证明.*参加值守${count}班,共计.*`))
  expect(sheets.map(s => s.words).join('')).toMatch(/盖章.*盖章有效/)
  await own.close()
})
