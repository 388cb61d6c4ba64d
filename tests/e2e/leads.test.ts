import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { App } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { grant, makeShift } from '../db/world.ts'
import { actor, makeCast, openPool, publishableKey, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let desk: Page
/** the coordinator of the next community of the street, and its officer */
let neighbour: Page
let street: Page
let next: string
const SOON = { timeout: 70_000 }
const read = async (text: string): Promise<Record<string, unknown>[]> =>
  (await pool.query(text)).rows as Record<string, unknown>[]

async function lead(signInName: string, name: string, unit: string, role: string, device = DESKTOP): Promise<Page> {
  const { url } = app.backend
  const who: Actor = await actor(pool, url, await publishableKey(url), next, signInName, name, null)
  await grant(pool, who.login, unit, role)
  return signIn(await profile(app.browser, url, device), who)
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  next = randomUUID()
  await pool.query(
    `insert into app.org_unit (id, level, name, parent_id) values ($1, 'community', '丙社区', $2)`,
    [next, cast.world.street],
  )
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  neighbour = await lead('zhouyi', '周乙', next, 'coordinator', PHONE)
  street = await lead('jiedao', '吴值班', cast.world.street, 'street_officer')
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

it('stamps the way of asking that the coordinator chose', async () => {
  await pool.query(
    `update app.responder set skills = '{急救}'
    where id = $1 or id in (select responder_id from app.report_in where community_id = $2)`,
    [cast.first.responder, next],
  )
  await desk.goto('/callout/new')
  await desk.getByLabel('事由').fill('寒潮')
  await desk.getByLabel('文件号').fill('1号')
  await desk.getByRole('button', { name: /打开梧桐苑|梧桐苑/ }).first().click()
  await desk.getByText('1栋', { exact: true }).click()
  await desk.getByLabel('须会什么').selectOption('急救')
  await desk.getByText(/^没有这项技能/).waitFor()
  await desk.getByText(/按梯队邀约/).click()
  await desk.getByRole('radio', { name: /先到先得/ }).check()
  await desk.getByRole('checkbox', { name: /街道预备队/ }).uncheck()
  await desk.getByRole('group', { name: '社区', exact: true }).getByRole('button', { name: /加/ }).click()
  await desk.getByRole('checkbox', { name: /限制每个单位的人数/ }).check()
  await expectSound(desk)
  await desk.setViewportSize({ width: 390, height: 844 })
  await expectSound(desk)
  await desk.setViewportSize({ width: 1280, height: 800 })
  await desk.getByRole('button', { name: /发布，将通知 \d+ 人/ }).click()
  await desk.waitForURL(/\/board/)
  const policy = `
    select policy ->> 'pace' as pace, policy ->> 'unit_max' as max, policy #>> '{steps,2,minutes}' as minutes,
      policy #> '{steps,3,tiers}' as street, policy ->> 'skill' as skill
    from app.callout`
  await expect.poll(async () => read(policy), SOON)
    .toEqual([{ pace: 'everyone', max: '5', minutes: '16', street: [], skill: '急救' }])
  await desk.getByText('须会：急救').waitFor()
})

it('keeps the form as the community\'s own template, and takes it back', async () => {
  await desk.goto('/callout/new')
  await desk.getByRole('button', { name: /^防汛/ }).click()
  await desk.getByLabel('事由').fill('防汛Ⅱ级响应')
  await desk.getByRole('button', { name: '存为“防汛”模板' }).click()
  await expect.poll(async () => read('select key, ground from app.callout_template'), SOON)
    .toEqual([{ key: 'flood', ground: '防汛Ⅱ级响应' }])
  await desk.getByRole('button', { name: '恢复原模板' }).click()
  await expect.poll(async () => read('select key from app.callout_template'), SOON).toEqual([])
})

it('asks the next community for people, and it promises some', async () => {
  await desk.goto('/board')
  await desk.locator('summary', { hasText: '升级' }).first().click(SOON) // several ladders are folded
  await desk.locator('details[open] summary', { hasText: '看问了谁' }).first().click()
  await desk.locator('details[open] dd', { hasText: /王建国|李素芬/ }).first().waitFor()
  await desk.getByRole('button', { name: '请求增援' }).first().click()
  await desk.getByLabel('说明（可不填）').fill('夜里缺人')
  await expectSound(desk)
  await desk.getByRole('button', { name: /^请求 \d+ 人/ }).click()
  await desk.getByText(/请 丙社区 支援 \d+ 人/).waitFor()
  await neighbour.goto('/board')
  await neighbour.getByText(/甲社区 请求 \d+ 人/).waitFor(SOON)
  await neighbour.getByText('夜里缺人').waitFor()
  await neighbour.getByText('须会：急救').waitFor()
  await expectSound(neighbour)
  await neighbour.getByRole('button', { name: /^答应 \d+ 人/ }).click()
  await desk.getByText(/答应 \d+ 人/).waitFor(SOON)
  expect(await read('select state::text from app.reinforcement')).toEqual([{ state: 'promised' }])
  await expect.poll(async () => (await read(`select count(*)::int as n from app.offer where tier = 5`))[0]!.n, SOON)
    .toBeGreaterThan(0)
})

it('shows an officer the ladder with counts only, and lets them escalate', async () => {
  await street.goto('/street')
  await street.getByText('甲社区 · 升级').first().waitFor(SOON)
  await street.getByRole('heading', { name: '哪里缺人' }).waitFor()
  expect(await street.locator('main').textContent()).not.toMatch(/王建国|李素芬/)
  await expectSound(street)
  await street.setViewportSize({ width: 390, height: 844 })
  await expectSound(street)
  const [before] = await read('select position from app.ladder order by slot_starts_at limit 1')
  await street.locator('details').evaluateAll(ladders => ladders.forEach(l => l.setAttribute('open', '')))
  await street.getByRole('button', { name: /^现在升级到/ }).first().click()
  await expect.poll(
    async () => (await read('select position from app.ladder order by slot_starts_at limit 1'))[0]!.position,
    SOON,
  ).toBeGreaterThan(before!.position as number)
})

it('goes on with a call-out whose emergency was ended', async () => {
  await pool.query(
    `update app.mode
    set expires_at = now() - interval '1 second', renewed_at = now() - interval '1 hour'
    where state = 'open'`,
  )
  await desk.goto('/board')
  await desk.getByText('应急已结束，邀约已停').waitFor(SOON)
  await expectSound(desk)
  await desk.getByRole('button', { name: /^继续召集/ }).click()
  const resumed = `
    select c.attention::text, m.state::text, m.ground
    from app.callout c
    join app.mode m on m.id = c.mode_id`
  await expect.poll(async () => read(resumed), SOON)
    .toEqual([{ attention: 'none', state: 'open', ground: '寒潮' }])
})

it('assigns a tired person only with a reason, which is kept', async () => {
  // tomorrow 12:00 in Shanghai
  const noon = new Date(Math.floor(clock.now() / 86_400_000) * 86_400_000 + 86_400_000 + 4 * 3_600_000)
  const [early, late] = [
    await makeShift(pool, cast.world, new Date(noon.getTime() - 4 * 3_600_000), 3, 2),
    await makeShift(pool, cast.world, new Date(noon.getTime() + 8 * 3_600_000), 2, 1),
  ]
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select gen_random_uuid(), id, $2, starts_at, ends_at, 'accepted', now()
    from app.shift
    where id = $1`,
    [early, cast.first.responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [early])
  const day = new Date(noon.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const monday = new Date(
    Date.parse(`${day}T00:00:00Z`) - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) * 86_400_000,
  ).toISOString().slice(0, 10)
  await desk.goto(`/roster?week=${monday}`)
  await desk.getByRole('gridcell', { name: /20–22/ }).filter({ hasText: /缺/ }).first().click(SOON)
  await desk.getByRole('combobox', { name: /^找人/ }).fill('王建国')
  await desk.getByText('24 小时内没有连续 11 小时休息').waitFor()
  await desk.getByRole('option', { name: /^王建国 尾号/ }).click()
  const sheet = desk.getByRole('alertdialog')
  await sheet.getByRole('region', { name: '将通知 1 人' }).getByText('王建国').waitFor()
  await sheet.getByText(/20:00–22:00.*请确认这个班/).waitFor()
  await expectSound(desk)
  await desk.getByLabel('理由（会留存）').fill('只有他有钥匙')
  await desk.getByRole('button', { name: '写明理由派工' }).click()
  await expect.poll(async () => read('select limits, reason from app.override'), SOON)
    .toEqual([{ limits: ['rest'], reason: '只有他有钥匙' }])
  expect(await read(`select state::text from app.assignment where shift_id = '${late}'`))
    .toEqual([{ state: 'assigned' }])
})
