import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { App } from './harness.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { DAY, dayKey, HOUR, iso, startOfWeek } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { grant } from '../db/world.ts'
import { actor, makeCast, openPool, publishableKey, signIn } from './cast.ts'
import { DESKTOP, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let [first, second]: Page[] = []
const SOON = { timeout: 30_000 }
const MONDAY = startOfWeek(clock.now() + 7 * DAY)

/** A draft of next week: one post, two places on Monday morning and one on Tuesday. */
async function makeDraft(): Promise<void> {
  const { community, post } = cast.world
  const roster = `insert into app.roster (id, community_id, name, starts_on, ends_on)
    values (gen_random_uuid(), $1, '下周', $2, $3) returning id`
  const { rows } = await pool.query(roster, [community, dayKey(MONDAY), dayKey(MONDAY + 6 * DAY)])
  for (const [day, capacity] of [[0, 2], [1, 1]] as const) {
    const from = MONDAY + day * DAY + 9 * HOUR
    await pool.query(
      `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
      values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, 'draft')`,
      [community, post, rows[0].id, iso(from), iso(from + 3 * HOUR), capacity],
    )
  }
}
const cells = (page: Page) => page.locator('[role=gridcell][data-col]')
const cell = (page: Page, day: number) => page.locator(`[role=gridcell][data-col="${day}"]`)
async function open(who: Actor): Promise<Page> {
  const page = await signIn(await profile(app.browser, app.backend.url, DESKTOP), who)
  await page.goto(`/roster?week=${dayKey(MONDAY)}`)
  await cells(page).first().waitFor(SOON)
  return page
}
beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  const key = await publishableKey(app.backend.url)
  const deputy = await actor(pool, app.backend.url, key, cast.world.community, 'fushuji', '林副书记', null)
  await grant(pool, deputy.login, cast.world.community, 'coordinator')
  await makeDraft();
  [first, second] = [await open(cast.coordinator), await open(deputy)]
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

async function put(page: Page, day: number, name: string): Promise<void> {
  await cell(page, day).click()
  await page.getByRole('option', { name: new RegExp(`^${name} 尾号`) }).click()
  await cell(page, day).getByText(name).waitFor(SOON)
}
const planned = async (): Promise<string[]> => {
  const { rows } = await pool.query(`select r.name from app.draft_assignment d
    join app.responder r on r.id = d.responder_id order by r.name collate "C"`)
  return rows.map((row: { name: string }) => row.name)
}

it('marks a cell that the other has changed with their name and the time, until it was looked at', async () => {
  await put(first!, 0, '王建国')
  const mark = cell(second!, 0).getByText(/^陈立群 \d\d:\d\d 改动$/)
  await mark.waitFor(SOON)
  await cell(second!, 0).getByText('王建国').waitFor()
  await cell(second!, 0).click()
  await second!.getByText(/^陈立群 \d\d:\d\d 改过这一班的人$/).waitFor()
  await cell(second!, 1).click()
  await mark.waitFor({ state: 'detached' })
  expect(await cell(first!, 0).getByText(/改动/).count()).toBe(0)
})

it('undoes nothing of the other\'s, and says so; after a reload too', async () => {
  await cell(second!, 0).click()
  await second!.getByRole('button', { name: '移出 王建国' }).click()
  await cell(first!, 0).getByText(/^林副书记 /).waitFor(SOON)
  await put(second!, 0, '李素芬')
  await cell(first!, 0).getByText('李素芬').waitFor(SOON)
  await first!.reload()
  await cell(first!, 0).getByText('李素芬').waitFor(SOON)
  await first!.getByRole('button', { name: '撤销', exact: true }).first().click()
  await first!.getByText('1 个班次后来有改动，保持不变').waitFor(SOON)
  expect(await planned()).toEqual(['李素芬'])
})

it('marks more people than places, and publishes when one is taken off', async () => {
  // neither knows of the other before both have filled the one place
  for (const page of [first!, second!]) await page.context().setOffline(true)
  await put(first!, 1, '王建国')
  await put(second!, 1, '李素芬')
  for (const page of [first!, second!]) await page.context().setOffline(false)
  for (const page of [first!, second!]) await cell(page, 1).getByText('多 1 人').waitFor(SOON)
  await first!.getByText(/人比名额多，先移出/).waitFor()
  await cell(first!, 1).click()
  await first!.getByRole('button', { name: '移出 李素芬' }).click()
  await cell(second!, 1).getByText('多 1 人').waitFor({ state: 'detached', ...SOON })
  await second!.getByRole('button', { name: /^发布，将通知 2 人/ }).click()
  const states = `select distinct state::text from app.shift`
  await expect.poll(async () => (await pool.query(states)).rows, SOON).toEqual([{ state: 'open' }])
})

it('says to the other which shift was cancelled, by whom and when, until it was read', async () => {
  await first!.getByText('已发布', { exact: true }).waitFor(SOON) // a draft would be dropped, not cancelled
  await cell(first!, 1).click()
  await first!.getByRole('button', { name: '取消这一班' }).click()
  await first!.getByRole('button', { name: /^取消这一班，将通知/ }).click()
  const line = second!.getByText(/^陈立群 \d\d:\d\d 取消了班次：/)
  await line.waitFor(SOON)
  await expectSound(second!)
  await second!.getByRole('region', { name: '别人取消或删除的班次' }).getByRole('button', { name: '知道了' }).click()
  await line.waitFor({ state: 'detached' })
})
