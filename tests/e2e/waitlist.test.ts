import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dayKey, HOUR } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'

/** 候补由社区挑选 and 存疑 by hand: the post is set, a place is freed, the coordinator picks, the person takes it. */
let app: App
let pool: pg.Pool
let cast: Cast
let desk: Page
let phone: Page
let shift: string
let doubt: string
/** Hours until a shift of today that is close or runs. */
const NEAR = dayKey(clock.now() + HOUR) === dayKey(clock.now()) ? 1 : -1
const SOON = { timeout: 60_000, interval: 200 }

/** Puts a person on a shift at the world's post that begins in so many hours; answers the shift. */
async function placeIn(hours: number, responder: string, state: string): Promise<string> {
  const id = await makeShift(pool, cast.world, new Date(clock.now() + hours * HOUR), 3, 1)
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select $1, s.id, $3, s.starts_at, s.ends_at, $4::text::app.assignment_state,
      case when $4::text = 'accepted' then now() end
    from app.shift s where s.id = $2`,
    [randomUUID(), id, responder, state],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [id])
  return id
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  shift = await placeIn(30, cast.first.responder, 'accepted')
  doubt = await placeIn(NEAR, cast.first.responder, 'assigned')
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  phone = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.second)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

async function placesNow(): Promise<unknown> {
  const { rows } = await pool.query('select filled, held, to_pick from app.shift where id = $1', [shift])
  return rows[0]
}
/** So many posts of another estate, each with a shift of the same week, that a roster shows that estate first. */
async function longRoster(): Promise<void> {
  const estate = randomUUID()
  await pool.query(
    `insert into app.org_unit (id, level, name, parent_id, sort) values ($1, 'estate', '安居苑', $2, -1)`,
    [estate, cast.world.community],
  )
  await pool.query(
    `with made as (
      insert into app.post (id, community_id, org_unit_id, name, kind)
      select gen_random_uuid(), $2, $1, '岗' || n, 'patrol' from generate_series(1, 25) n returning id
    )
    insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
    select gen_random_uuid(), $2, made.id, s.roster_id, s.starts_at, s.ends_at, 5, 'open'
    from made, app.shift s where s.id = $3`,
    [estate, cast.world.community, shift],
  )
}
/** The roster of the day that begins in so many hours, of all estates. */
const rosterIn = (hours: number): string => `/roster?estate=all&week=${dayKey(clock.now() + hours * HOUR)}`

it('a coordinator lets the community pick at a post', async () => {
  await desk.goto('/places')
  await desk.getByRole('button', { name: /^单元门岗/ }).first().click()
  const sheet = desk.getByRole('dialog')
  await sheet.getByRole('group', { name: '候补' }).getByRole('radio', { name: '由社区挑选' }).check({ force: true })
  await sheet.getByText('召集一律按候补顺序').waitFor()
  await expectSound(desk)
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect.poll(async () => (await pool.query<{ choice: string }>(
    'select waitlist_choice as choice from app.post where id = $1', [cast.world.post],
  )).rows[0]!.choice, SOON).toBe('community')
})

it('who waits sees that the community picks; it picks, and the person takes the place', async () => {
  const two = cast.second.name
  await pool.query(
    'insert into app.waitlist_entry (id, shift_id, responder_id, rank) values ($1, $2, $3, 1)',
    [randomUUID(), shift, cast.second.responder],
  )
  await phone.goto('/')
  await phone.getByText('由社区挑选').waitFor(SOON)
  await expectSound(phone)
  await pool.query(`update app.assignment set state = 'withdrawn' where shift_id = $1`, [shift])
  await pool.query('select private.free_place($1, now())', [shift])
  expect(await placesNow()).toEqual({ filled: 0, held: 1, to_pick: 1 })
  await longRoster()
  const pocket = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.coordinator)
  await pocket.goto('/messages')
  await pocket.getByRole('article').filter({ hasText: '有名额空出，请从候补中挑选' }).getByRole('button', { name: '去看看' }).tap(SOON)
  await pocket.getByRole('gridcell').filter({ hasText: '待挑选 1 个' }).waitFor()
  await expectSound(pocket)
  await pocket.context().close()

  await desk.goto('/messages')
  const notice = desk.getByRole('article').filter({ hasText: '有名额空出，请从候补中挑选' })
  await notice.getByRole('button', { name: '去看看' }).click()
  const cell = desk.getByRole('gridcell').filter({ hasText: '待挑选 1 个' })
  await cell.click()
  await expectSound(desk)
  await desk.getByRole('button', { name: `选这位：${two}` }).click()
  const asked = desk.getByRole('alertdialog', { name: `选 ${two}？` })
  await asked.getByText(/^名额保留到 [^，]+。$/).waitFor() // nobody waits before them
  await expectSound(desk)
  await asked.getByRole('button', { name: '选这位' }).click()
  await desk.getByText(`已选 ${two}，等待本人确认`).waitFor()
  await expect.poll(placesNow, SOON).toEqual({ filled: 0, held: 1, to_pick: 0 })

  await phone.getByRole('button', { name: '接下这个名额' }).tap(SOON)
  await expect.poll(placesNow, SOON).toEqual({ filled: 1, held: 0, to_pick: 0 })
})

it('a place in doubt is marked, reminded of and given to somebody else from the roster', async () => {
  const one = cast.first.name
  await desk.goto(rosterIn(NEAR))
  const cell = desk.getByRole('gridcell').filter({ hasText: '存疑 1 人' })
  await cell.click()
  await expectSound(desk)
  await desk.getByRole('button', { name: `提醒 ${one}` }).click()
  await expect.poll(async () => (await pool.query(
    `select count(*)::int as n from app.notice where kind = 'reminder' and shift_id = $1`, [doubt],
  )).rows[0].n, SOON).toBe(1)
  await desk.getByRole('button', { name: `移出：${one}` }).click()
  const asked = desk.getByRole('alertdialog')
  await asked.getByText(one).first().waitFor()
  await asked.getByRole('button', { name: '移出，将通知 1 人' }).click()
  await desk.getByRole('gridcell').filter({ hasText: '缺 1 人' }).waitFor()
  const assigned = async (): Promise<unknown> => (await pool.query(
    `select count(*)::int as n from app.assignment where shift_id = $1 and state = 'assigned'`, [doubt],
  )).rows[0].n
  await expect.poll(assigned, SOON).toBe(0)
  await desk.getByRole('button', { name: '撤销', exact: true }).first().click()
  await expect.poll(assigned, SOON).toBe(1)
  await desk.goto(`${rosterIn(NEAR)}&view=month`)
  await desk.getByRole('gridcell', { name: /存疑 1 人/ }).waitFor(SOON)
  await phone.goto(rosterIn(NEAR))
  await phone.getByText('存疑 1 人').waitFor(SOON)
  await expectSound(phone)
})
