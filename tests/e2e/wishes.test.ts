import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound, expectSoundInBothSizes, findings } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

/** 值班意愿 from a phone without a network to the coordinator, and past a colleague. */
let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let phone: Page
let desk: Page
const SOON = { timeout: 60_000, interval: 200 }

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  await pool.query(
    `with made as (insert into app.partner_unit (id, name, org_unit_id) values ($1, '区财政局', $2) returning id)
    update app.responder set partner_unit_id = made.id from made where responder.id = $3`,
    [randomUUID(), cast.world.community, cast.first.responder],
  )
  wire = await layWire(app.backend.url)
  phone = await signIn(await profile(app.browser, wire.url, PHONE), cast.first)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await wire?.close()
  await pool?.end()
  await app?.close()
})

it('is said without a network, by keyboard too, and kept', async () => {
  await phone.goto('/me')
  await phone.getByRole('link', { name: /^值班意愿/ }).click()
  await phone.getByText('只有您和社区排班负责人能看到，同事看不到。').waitFor()
  wire.cut()
  await phone.getByRole('radio', { name: '少排些' }).check({ force: true })
  await expect.poll(async () => phone.getByRole('radio', { name: '少排些' }).isChecked(), SOON).toBe(true)
  await phone.getByRole('radio', { name: '可以排' }).focus()
  await phone.keyboard.press('ArrowRight')
  await expect.poll(async () => phone.getByRole('radio', { name: '尽量不排' }).isChecked(), SOON).toBe(true)
  await expectSoundInBothSizes(phone)
  const said = 'select id, turns, nights from app.wish'
  expect((await pool.query(said)).rows).toEqual([])
  wire.mend()
  await phone.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(async () => (await pool.query(said)).rows, SOON)
    .toEqual([{ id: cast.first.responder, turns: 'fewer', nights: 'no' }])
})

it('keeps both of two choices that follow each other at once', async () => {
  const choose = (...values: string[]): Promise<void> => phone.evaluate((wanted) => {
    for (const value of wanted) document.querySelector<HTMLInputElement>(`input[type=radio][value=${value}]`)!.click()
  }, values)
  const said = async (): Promise<unknown[]> => (await pool.query('select turns, nights from app.wish')).rows
  await choose('as_usual', 'yes')
  await expect.poll(said, SOON).toEqual([])
  await choose('fewer', 'no')
  await expect.poll(said, SOON).toEqual([{ turns: 'fewer', nights: 'no' }])
})

it('is read by the coordinator, and by no colleague', async () => {
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  await desk.goto(`/people?person=${cast.first.responder}`)
  await desk.getByRole('dialog').getByText('少排些、尽量不排夜班').waitFor(SOON)
  expect(await findings(desk)).toEqual([])
  const { rows: scopes } = await pool.query<{ scope: string }>(
    `select scope from sync.entry where tbl = 'wish' and pk = $1 and op = 'P' order by 1`, [cast.first.responder],
  )
  expect(scopes.map(s => s.scope)).toEqual([`lead:${cast.world.community}`, `user:${cast.first.login}`])
})

it('counts in the automatic roster, after the quotas of units, which the device remembers', async () => {
  await desk.goto('/roster')
  // the shifts of this week may be over
  await desk.getByRole('button', { name: '下一周' }).click()
  await desk.getByRole('button', { name: '按规律填充' }).first().click()
  const sheet = desk.getByRole('dialog')
  await sheet.getByRole('checkbox', { name: /^全选/ }).check({ force: true })
  await sheet.getByRole('button', { name: /^建 \d+ 个班次/ }).click()
  await desk.getByText(/^已建 \d+ 个班次/).waitFor()
  for (const title of ['各单位最少班次', '各单位最少班次（1 家）']) {
    await desk.getByRole('button', { name: '自动排班' }).click()
    await sheet.getByText(title, { exact: true }).click()
    await sheet.getByRole('group', { name: '区财政局' }).getByRole('button', { name: '增加一个' }).click()
    await sheet.getByText('各单位最少班次（1 家）').waitFor()
    await expectSound(desk)
    if (title === '各单位最少班次') await desk.keyboard.press('Escape')
  }
  await sheet.getByRole('button', { name: '开始排班' }).click()
  await sheet.getByRole('button', { name: /^采用，排入 \d+ 人次/ }).waitFor({ timeout: 90_000 })
  await sheet.getByText('每个人选的理由').click()
  expect(await findings(desk)).toEqual([])
})
