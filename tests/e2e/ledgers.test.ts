import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { App } from './harness.ts'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY, dayKey, HOUR } from '#domain/time.ts'
import { readBook } from '../../src/io/book/book.ts'
import { readRosterSheet } from '../../src/io/rosterSheet.ts'
import { clock } from '../clock.ts'
import { openPool } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { findings, shape } from './looks.ts'
import { paperOf } from './paper.ts'
import { signInDemo, watch } from './watch.ts'

let app: App
let page: Page
let pool: pg.Pool
let seen: string[]
beforeAll(async () => {
  app = await startApp({ demo: 'yes' })
  pool = openPool(app.backend.dataDir)
  await turnWith('钱无号', 9 * HOUR, 'assigned')
  await turnWith('孙在岗', -HOUR, 'on_post')
  await handover()
  page = await (await profile(app.browser, app.backend.url, DESKTOP)).newPage()
  seen = watch(page)
  await signInDemo(page, app.backend, /coordinator/)
  await page.getByText(/^已同步/).first().waitFor()
})
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

/** A turn of three hours, `from` ms from now, of somebody of the demonstration's community without a login. */
async function turnWith(name: string, from: number, state: string): Promise<void> {
  await pool.query(
    `with who as (
      insert into app.responder (id, kind, name, home_building_id)
      select gen_random_uuid(), r.kind, $1, r.home_building_id from app.responder r
      join app.report_in i on i.responder_id = r.id and i.state = 'confirmed'
      where i.community_id = (select community_id from app.roster where state = 'published' limit 1)
        and r.home_building_id is not null limit 1
      returning id),
    here as (
      insert into app.report_in (id, responder_id, community_id, state)
      select gen_random_uuid(), id, (select community_id from app.roster where state = 'published' limit 1), 'confirmed'
      from who returning responder_id),
    turn as (
      insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, filled, state)
      select gen_random_uuid(), r.community_id,
        (select p.id from app.post p where p.community_id = r.community_id limit 1),
        r.id, $2::timestamptz, $2::timestamptz + interval '3 hours', 1, 1, 'open'
      from app.roster r where r.state = 'published' limit 1 returning *)
    insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
    select gen_random_uuid(), t.id, h.responder_id, t.starts_at, t.ends_at, $3::app.assignment_state
    from turn t, here h`,
    [name, new Date(clock.now() + from), state],
  )
}

/** A turn of yesterday that was handed over with a note, and one that a leader forced. */
async function handover(): Promise<void> {
  await turnWith('交班甲', -DAY, 'done')
  await turnWith('接班乙', -DAY + 3 * HOUR, 'done')
  await pool.query(
    `update app.assignment a set on_post_at = a.starts_at + interval '2 minutes', off_post_at = a.ends_at,
      vouched_by = case when r.name = '交班甲' then (select id from app.login where sign_in_name = 'coordinator') end
    from app.responder r where r.id = a.responder_id and r.name in ('交班甲', '接班乙')`,
  )
  await pool.query(
    `insert into app.handover (id, community_id, to_assignment_id, done, todo, supplies, risks, given_at, taken_at)
    select a.id, i.community_id, b.id, '送药 3 户', '=502 室回访', '盐 4 袋', '北门结冰', a.ends_at, a.ends_at
    from app.assignment a join app.responder r on r.id = a.responder_id and r.name = '交班甲'
    join app.report_in i on i.responder_id = r.id,
    app.assignment b join app.responder q on q.id = b.responder_id and q.name = '接班乙'`,
  )
  await pool.query(
    `insert into app.handover (id, community_id, forced_at, forced_by, forced_reason)
    select a.id, i.community_id, a.ends_at, (select id from app.login where sign_in_name = 'coordinator'), '接班人生病'
    from app.assignment a join app.responder r on r.id = a.responder_id and r.name = '接班乙'
    join app.report_in i on i.responder_id = r.id`,
  )
  await pool.query(`insert into app.responder_contact (responder_id, phone)
    select id, '199000' || lpad((row_number() over ())::text, 5, '7') from app.responder where name in ('交班甲', '接班乙')`)
}

/** The numbers of 交班甲 and 接班乙. */
const NUMBERS = ['19900077771', '19900077772']

async function download(name: string): Promise<Uint8Array> {
  const [file] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click(),
  ])
  return new Uint8Array(readFileSync(await file.path()))
}
const cellsOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await readBook(bytes)).flatMap(sheet => sheet.rows.flatMap(row => row.cells))

it('交接台账: from the roster to paper and a file, with who forced what and what was done for others', async () => {
  await page.goto('/roster')
  await page.getByRole('link', { name: '交接台账' }).click()
  const [from, to] = [dayKey(clock.now() - 2 * DAY), dayKey(clock.now())]
  await page.goto(`/ledger/handover?from=${from}&to=${to}`)
  const row = page.getByRole('row', { name: /交班甲/ })
  // duty and handovers come in scopes of their own
  await expect.poll(async () => row.innerText(), { timeout: 30_000 })
    .toMatch(/（代办）[\s\S]*接班乙[\s\S]*送药 3 户[\s\S]*=502 室回访[\s\S]*双方已确认/)
  await page.getByRole('row', { name: /放行：接班人生病/ }).waitFor()
  expect(await findings(page)).toEqual([])
  const sheets = await paperOf(page)
  expect(sheets.map(s => [s.width, s.height, s.outside])).toEqual(sheets.map(() => [297, 210, []]))
  expect(sheets[0]!.words).toMatch(/交接台账.*已办未办物资/)
  const masked = await cellsOf(await download('下载表格'))
  expect(masked).toEqual(expect.arrayContaining(['=502 室回访', '双方已确认', '交班甲']))
  expect(masked.join(' ')).not.toMatch(/1\d{10}/)
  expect(masked).toEqual(expect.arrayContaining(NUMBERS.map(n => `${n.slice(0, 3)}****${n.slice(-4)}`)))
})

it('numbers in full go into a file with a reason of words alone, and are logged', async () => {
  await page.getByRole('button', { name: '下载，含手机号' }).click()
  const run = page.getByRole('button', { name: '下载，并记录' })
  await page.getByLabel('查看原因（会记录）').fill('12345')
  expect(await run.getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel('查看原因（会记录）').fill('防汛值守存档')
  const full = await cellsOf(await download('下载，并记录'))
  expect(full).toEqual(expect.arrayContaining(NUMBERS))
  const { rows } = await pool.query('select reason, count(*)::int as n from app.contact_reveal group by reason')
  // and those who stand on post now
  expect(rows).toEqual([{ reason: '防汛值守存档', n: full.filter(cell => /^1\d{10}$/.test(cell)).length }])
})

it('应急台账: from the report of a call-out, and from the phone alone', async () => {
  const { rows: [drill] } = await pool.query<{ id: string }>('select id from app.callout order by opened_at limit 1')
  await page.goto(`/callout/${drill!.id}/report`)
  await page.getByRole('link', { name: '应急台账' }).click()
  await page.getByRole('heading', { name: '值守与交接' }).waitFor()
  await page.getByRole('cell', { name: '从召集到第一人答应' }).waitFor()
  const facts = await page.getByRole('table', { name: '基本情况' }).innerText()
  expect(facts).toMatch(/性质[\s\S]*演练[\s\S]*启动[\s\S]*楼栋和卡口/)
  expect(await findings(page)).toEqual([])
  const sheets = await paperOf(page)
  expect(sheets.map(s => [s.width, s.height, s.outside])).toEqual(sheets.map(() => [297, 210, []]))
  const names = (await readBook(await download('下载表格'))).map(sheet => sheet.name)
  expect(names).toEqual(expect.arrayContaining(['基本情况', '值守与交接', '邀约', '升级', '人员']))
  await page.context().setOffline(true)
  await page.getByText('在服务器上，需联网').waitFor()
  await page.context().setOffline(false)
})

it('代办: a coordinator acts for a person without a phone, by the code on their card', async () => {
  await page.goto('/people')
  await page.getByLabel(/找人/).fill('钱无号')
  await page.getByRole('button', { name: /钱无号/ }).first().click()
  await page.getByRole('link', { name: '打印值守卡' }).click()
  await page.waitForURL(/\/card/)
  await page.getByRole('heading', { name: '钱无号' }).waitFor()
  const [card, ...more] = await paperOf(page)
  expect([card!.width, card!.height, card!.outside, more.length]).toEqual([210, 148, [], 0])
  expect(card!.words).toMatch(/值守卡钱无号.*代记到岗.*社区值班室.*由社区书记扫码代办.*近期的班/)
  expect(card!.words).not.toMatch(/1\d{10}/)
  const { rows: [who] } = await pool.query<{ id: string }>(`select id from app.responder where name = '钱无号'`)
  await page.goto(`/people/${who!.id}/proxy`)
  await page.getByRole('button', { name: '代确认：钱无号' }).click()
  await page.getByText('代办', { exact: true }).waitFor()
  const state = async (): Promise<unknown> => (await pool.query(`select a.state, l.sign_in_name as by
    from app.assignment a left join app.login l on l.id = a.accepted_by where a.responder_id = $1`, [who!.id])).rows
  await expect.poll(state).toMatchObject([{ state: 'accepted', by: expect.any(String) }])
  expect(await findings(page)).toEqual([])
  await page.setViewportSize(PHONE.viewport!)
  expect(await shape(page)).toMatchObject({ h1: 1, sideways: 0 })
  await page.setViewportSize(DESKTOP.viewport!)
})

it('代记离岗: nothing takes it back, so the coordinator is asked before it is written', async () => {
  const { rows: [who] } = await pool.query<{ id: string }>(`select id from app.responder where name = '孙在岗'`)
  await page.goto(`/people/${who!.id}/proxy`)
  await page.getByRole('button', { name: '代记离岗：孙在岗' }).click()
  const asked = page.getByRole('alertdialog', { name: /孙在岗/ })
  await asked.waitFor()
  expect(await findings(page)).toEqual([])
  await asked.getByRole('button', { name: '取消' }).click()
  const left = async (): Promise<unknown> => (await pool.query(`select a.state, l.sign_in_name as by
    from app.assignment a left join app.login l on l.id = a.left_by where a.responder_id = $1`, [who!.id])).rows
  expect(await left()).toEqual([{ state: 'on_post', by: null }])
  await page.getByRole('button', { name: '代记离岗：孙在岗' }).click()
  await asked.getByRole('button', { name: '代记离岗' }).click()
  await expect.poll(left).toEqual([{ state: expect.stringMatching(/relieved|done/), by: expect.any(String) }])
  expect(seen).toEqual([])
})

it('值班表: numbers in full only with a reason; an empty table with drop-downs reads as empty', async () => {
  await page.goto('/roster/print')
  await page.locator('tbody tr').first().waitFor()
  await page.getByRole('button', { name: '下载，含手机号' }).click()
  await page.getByLabel('查看原因（会记录）').fill('防汛值守存档')
  const book = await readBook(await download('下载，并记录'))
  expect(book[1]!.name).toBe('人员')
  expect(book[1]!.rows.map(row => row.cells[1] ?? '').some(cell => /^1\d{10}$/.test(cell))).toBe(true)
  await page.goto('/roster')
  await page.getByRole('button', { name: '导入表格' }).click()
  const template = await readBook(await download('下载空白表（带下拉）'))
  expect(template.map(sheet => sheet.hidden)).toEqual([false, true])
  expect(readRosterSheet(template, dayKey(clock.now()))).toEqual({ entries: [], problems: [] })
  expect(seen).toEqual([])
})
