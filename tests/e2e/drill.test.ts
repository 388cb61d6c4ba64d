import type pg from 'pg'
import type { BrowserContext, Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { actor, makeCast, openPool, publishableKey, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { findings } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { picture, pictures } from './tour.ts'
import { layWire } from './wire.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let desk: Page
/** four phones: the third says no and relieves the first later, the fourth hears that it is full */
let phones: { who: Actor, context: BrowserContext, page: Page, wire: Wire }[]

const SYNCED = { timeout: 70_000 }
/** Columns of the drill that hold times. */
const TIMES = {
  assignment: ['starts_at', 'ends_at', 'due_at', 'accepted_at', 'on_post_at', 'off_post_at'],
  shift: ['starts_at', 'ends_at'],
  offer: ['slot_starts_at', 'slot_ends_at', 'sent_at', 'expires_at'],
  ladder: ['slot_starts_at', 'slot_ends_at', 'opens_at', 'rung_at', 'next_at'],
  callout: ['opened_at'],
}
async function phone(who: Actor): Promise<typeof phones[number]> {
  const wire = await layWire(app.backend.url)
  const context = await profile(app.browser, wire.url, PHONE)
  return { who, context, wire, page: await signIn(context, who) }
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  const key = await publishableKey(app.backend.url)
  const { community, buildings } = cast.world
  const third = await actor(pool, app.backend.url, key, community, 'zhouming', '周明', buildings[0]!)
  const fourth = await actor(pool, app.backend.url, key, cast.world.community, 'qianli', '钱莉', cast.world.buildings[1]!)
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  phones = []
  for (const who of [cast.first, cast.second, third, fourth]) phones.push(await phone(who))
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  for (const p of phones ?? []) await p.wire.close()
  await pool?.end()
  await app?.close()
})

/** Chooses the next half hour, so that every yes promises its time. */
async function startSoon(): Promise<void> {
  const at = new Date(Math.ceil((clock.now() + 1000) / 1_800_000) * 1_800_000 + 8 * 3_600_000).toISOString()
  await desk.locator('.start select').nth(0).selectOption(at.slice(0, 10))
  await desk.locator('.start select').nth(1).selectOption(at.slice(11, 16))
}
/** Lets `minutes` pass: moves the whole drill back in time. */
async function later(minutes: number): Promise<void> {
  const by = `interval '${minutes} minutes'`
  await pool.query('begin')
  for (const [table, columns] of Object.entries(TIMES))
    await pool.query(`update app.${table} set ${columns.map(c => `${c} = ${c} - ${by}`).join(', ')}`)
  await pool.query('commit')
}
async function state(who: Actor): Promise<string[]> {
  const text = 'select state::text from app.assignment where responder_id = $1 order by starts_at'
  return (await pool.query(text, [who.responder])).rows.map(r => (r as { state: string }).state)
}
/** The count of a query that selects it as `n`. */
async function count(text: string, params: unknown[] = []): Promise<number> {
  return ((await pool.query(text, params)).rows[0] as { n: number }).n
}
async function accept(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: /^接这个班/ }).first().click()
  const promise = page.getByRole('button', { name: /^接单/ })
  await promise.or(page.getByText('已确认')).first().waitFor(SYNCED)
  if (await promise.isVisible()) await promise.click()
  await page.getByText('已确认').first().waitFor(SYNCED)
}

it('starts from a template, and shows the people to ask and the reasons before anything is sent', async () => {
  await desk.goto('/callout/new')
  await desk.getByRole('button', { name: /^暴雪/ }).click()
  expect(await desk.getByLabel('事由').inputValue()).toBe('低温雨雪冰冻应急响应')
  await desk.getByLabel('文件号').fill('演练〔2026〕1号')
  await desk.getByText('这是演练').click()
  await desk.getByRole('button', { name: /打开梧桐苑|梧桐苑/ }).first().click()
  await desk.getByText('1栋', { exact: true }).click()
  await desk.getByText('2栋', { exact: true }).click()
  await desk.getByRole('group', { name: '每岗人数' }).getByRole('button', { name: /减/ }).click()
  await startSoon()
  await desk.getByText('按这个顺序问的前几位').click()
  await desk.getByText(/本楼 · 一周以上没值守 · 30 天内 0 次/).first().waitFor()
  expect(await findings(desk)).toEqual([])
  await pictures(desk, '1-start', desk.getByRole('heading', { name: '发布前先看' }))
  expect(await count('select count(*)::int as n from app.offer')).toBe(0)
})

it('reaches four phones, and climbs to the street by one tap', async () => {
  await desk.getByRole('button', { name: /发布演练，将通知 \d+ 人/ }).click()
  await desk.waitForURL(/\/board/)
  for (const p of phones) await p.page.getByRole('heading', { name: '等我答复' }).waitFor(SYNCED)
  await picture(phones[0]!.page, '2-asked-phone')
  await desk.locator('details').first().waitFor(SYNCED)
  await desk.locator('details').evaluateAll(ladders => ladders.forEach(l => l.setAttribute('open', '')))
  await desk.getByRole('button', { name: /现在升级到街道/ }).first().waitFor(SYNCED)
  expect(await findings(desk)).toEqual([])
  await pictures(desk, '3-board', desk.getByRole('heading', { name: '演练召集', exact: true }))
  await desk.getByRole('button', { name: /现在升级到街道/ }).first().click()
  const forced = `select count(*)::int as n from app.escalation where level = 'street' and cause = 'forced'`
  await expect.poll(async () => count(forced), SYNCED).toBe(1)
})

it('fills with two yeses, takes a no without fault, and thanks the person it does not need', async () => {
  const [a, b, c, d] = phones as [typeof phones[0], typeof phones[0], typeof phones[0], typeof phones[0]]
  await c.page.goto('/')
  await c.page.getByRole('button', { name: /^接这个班/ }).first().click()
  await c.page.getByText(/近 24 小时/).waitFor()
  await picture(c.page, '4-request-phone')
  await c.page.getByRole('button', { name: '无法到岗' }).click()
  await c.page.getByRole('button', { name: '确定，无法到岗' }).click()
  await accept(a.page)
  await picture(a.page, '5-granted-phone')
  await accept(b.page)
  const thanks = `select count(*)::int as n from app.notice where kind = 'filled' and login_id = $1`
  await expect.poll(async () => count(thanks, [d.who.login]), SYNCED).toBe(1)
  await d.page.goto('/messages')
  await d.page.getByText(/已满员/).first().waitFor(SYNCED)
})

it('asks free people for the next shift, and one of them takes it', async () => {
  const c = phones[2]!
  const requests = `select count(*)::int as n from app.offer where responder_id = $1 and state = 'sent'`
  await expect.poll(async () => count(requests, [c.who.responder]), SYNCED).toBe(1)
  await c.page.goto('/')
  await c.page.getByRole('heading', { name: '等我答复' }).waitFor(SYNCED)
  await accept(c.page)
  expect(await state(c.who)).toEqual(['accepted'])
})

it('has people on post, and the board says so', async () => {
  for (const p of phones.slice(0, 2)) {
    await p.page.goto('/')
    await p.page.getByRole('link', { name: /去到岗|看任务卡|打开值守页/ }).first().click()
    await p.page.getByRole('button', { name: '我到岗了' }).click()
    await expect.poll(async () => state(p.who), SYNCED).toEqual(['on_post'])
  }
  await picture(phones[0]!.page, '6-on-post-phone')
})

it('hands over to the relief while the leaving phone has no network at all', async () => {
  const [a, , c] = phones as [typeof phones[0], typeof phones[0], typeof phones[0]]
  const { rows } = await pool.query(
    `select a.id, extract(epoch from a.ends_at - now()) / 60 as left, n.id as next
    from app.assignment a
    join app.shift s on s.id = a.shift_id
    join app.shift n on n.post_id = s.post_id and n.starts_at = s.ends_at
    where a.responder_id = $1`,
    [a.who.responder],
  )
  const { id, left, next } = rows[0] as { id: string, left: string, next: string }
  // the relief stands where the first one stood
  await pool.query('update app.assignment set shift_id = $2 where responder_id = $1', [c.who.responder, next])
  await later(Math.ceil(Number(left)) + 1)
  await a.page.goto(`/duty/${id}`)
  await a.page.getByRole('button', { name: '交接并离岗' }).waitFor(SYNCED)
  a.wire.cut()
  await a.context.setOffline(true)

  await c.page.goto('/')
  await c.page.getByRole('link', { name: /去到岗|看任务卡|打开值守页/ }).first().click(SYNCED)
  await c.page.getByRole('button', { name: '我到岗了' }).click()
  await a.page.getByLabel('未办').fill('502 室水管待回访')
  await a.page.getByRole('button', { name: '出示交班码' }).click()
  await picture(a.page, '7-handover-phone')
  const digits = async (page: Page): Promise<string> =>
    (await page.getByRole('dialog').locator('.figures').textContent())!.replace(/\D/g, '')
  const given = await digits(a.page)
  await c.page.getByRole('button', { name: '扫交班人的码' }).click()
  await c.page.getByLabel('交班人手机上的 6 位数').fill(given)
  await c.page.getByRole('button', { name: '核对' }).click()
  await c.page.getByRole('button', { name: '看过了，我接班' }).click()
  const taken = await digits(c.page)
  await a.page.getByLabel('对方手机上的 6 位数').fill(taken)
  await a.page.getByRole('button', { name: '核对' }).click()
  await a.page.getByText('双方都已确认').waitFor()
  await a.page.getByRole('button', { name: '交接并离岗' }).click()
  await a.page.getByText('离岗 · 待上传').first().waitFor()
  expect(await state(a.who)).toEqual(['on_post'])

  a.wire.mend()
  await a.context.setOffline(false)
  await expect.poll(async () => [await state(a.who), await state(c.who)], SYNCED).toEqual([['relieved'], ['on_post']])
  const record = 'select todo, given_at is not null as given, taken_at is not null as taken from app.handover'
  expect((await pool.query(record)).rows).toEqual([{ todo: '502 室水管待回访', given: true, taken: true }])
})

it('is stood down, and its report has figures and no names', async () => {
  await desk.goto('/board')
  await pictures(desk, '8-board')
  await desk.getByRole('button', { name: '解除召集' }).click()
  await desk.getByRole('button', { name: /^解除，将通知/ }).click()
  await desk.getByRole('link', { name: /看复盘/ }).first().click(SYNCED)
  await desk.getByRole('heading', { name: '召集复盘' }).waitFor()
  await desk.getByRole('row', { name: /邀约人数/ }).waitFor()
  const text = await desk.locator('main').textContent() ?? ''
  expect(text).toMatch(/演练/)
  expect(text).toMatch(/交接空档\s*0/)
  for (const { who } of phones) expect(text).not.toContain(who.name)
  expect(await findings(desk)).toEqual([])
  await pictures(desk, '9-report')
})
