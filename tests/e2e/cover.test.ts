import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ECHO } from '#components/ui/presses.ts'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

/** 顶班 by touch: asked without a network, taken, given back; and close to the start, with the coordinator's approval. */
let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let owner: Page
let taker: Page
let desk: Page
/** the coordinator's own phone */
let pocket: Page
let far: string
let near: string
const SOON = { timeout: 60_000, interval: 200 }

/** Puts a person, the first by default, on a shift that begins in so many hours. */
async function placeIn(hours: number, who = cast.first): Promise<string> {
  const [id, shift] = [randomUUID(), await makeShift(pool, cast.world, new Date(clock.now() + hours * 3_600_000), 3, 1)]
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select $1, s.id, $3, s.starts_at, s.ends_at, 'accepted', now() from app.shift s where s.id = $2`,
    [id, shift, who.responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [shift])
  return id
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  far = await placeIn(40)
  near = await placeIn(2)
  wire = await layWire(app.backend.url)
  owner = await signIn(await profile(app.browser, wire.url, PHONE), cast.first)
  taker = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.second)
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  pocket = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.coordinator)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await wire?.close()
  await pool?.end()
  await app?.close()
})

/** What has become of a place: the request about it, its assignment, and who serves there. */
async function placeNow(id: string): Promise<unknown> {
  const { rows } = await pool.query(
    `select c.state as cover, a.state as place,
      (select string_agg(r.name, ' ') from app.assignment t join app.responder r on r.id = t.responder_id
        where t.shift_id = a.shift_id and private.is_binding(t.state)) as serves
    from app.assignment a left join app.cover_request c on c.assignment_id = a.id where a.id = $1`, [id],
  )
  return rows[0]
}

it('is asked without a network, taken by a colleague, and given back', async () => {
  const [one, two] = [cast.first.name, cast.second.name]
  await owner.goto(`/duty/${far}`)
  await owner.getByRole('button', { name: '请人顶班' }).waitFor()
  wire.cut()
  await owner.getByRole('button', { name: '请人顶班' }).tap()
  const sheet = owner.getByRole('dialog')
  await sheet.getByText('有人接之前，还是您的班。').waitFor()
  await sheet.getByRole('radio', { name: '身体不适' }).check()
  await expectSound(owner)
  await sheet.getByRole('button', { name: '请人顶班' }).tap()
  await owner.getByText('已记下请人顶班，联网后同事才看得到').waitFor()
  expect(await placeNow(far)).toEqual({ cover: null, place: 'accepted', serves: one })
  wire.mend()
  await owner.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => placeNow(far), SOON).toEqual({ cover: 'open', place: 'accepted', serves: one })
  await owner.getByText('已请人顶班，还没有人接；有人接之前还是您的班。').waitFor()

  await taker.goto('/')
  const ask = taker.getByRole('listitem').filter({ hasText: `${one} 请人顶班` })
  await ask.getByText('马上是您的班').waitFor(SOON)
  expect(await taker.getByText('身体不适').count(), 'no colleague learns why').toBe(0)
  await expectSound(taker)
  await ask.getByRole('button', { name: /^我来顶/ }).tap()
  await expect.poll(() => placeNow(far), SOON).toEqual({ cover: 'taken', place: 'released', serves: two })
  await owner.goto('/messages')
  await owner.getByRole('heading', { name: '有人顶了您的班，不用再去' }).waitFor(SOON)

  await taker.getByRole('link', { name: '看任务卡' }).tap()
  await taker.getByText(`您替 ${one} 顶班，`).waitFor(SOON)
  await expectSound(taker)
  await taker.getByRole('button', { name: `不顶了，还给 ${one}` }).tap()
  await expect.poll(() => placeNow(far), SOON).toEqual({ cover: 'open', place: 'accepted', serves: one })
  await owner.getByRole('heading', { name: '顶班没有成，这个班还是您的' }).waitFor(SOON)
})

it('is asked by the coordinator for somebody ill, and approved close to the start', async () => {
  const [one, two] = [cast.first.name, cast.second.name]
  const { rows: [unit] } = await pool.query<{ id: string }>(
    `select p.org_unit_id as id from app.assignment a join app.shift s on s.id = a.shift_id
      join app.post p on p.id = s.post_id where a.id = $1`, [near],
  )
  await desk.goto(`/board?at=${unit!.id}`)
  await desk.getByRole('button', { name: `替 ${one} 请人顶班` }).first().click()
  const sheet = desk.getByRole('dialog').filter({ hasText: '有人接之前，还是本人的班。' })
  await sheet.getByRole('radio', { name: '身体不适' }).check()
  await expectSound(desk)
  await sheet.getByRole('button', { name: '请人顶班' }).click()
  await expect.poll(() => placeNow(near), SOON).toEqual({ cover: 'open', place: 'accepted', serves: one })
  await owner.getByRole('heading', { name: '社区替您请人顶班，有人接之前还是您的班' }).waitFor(SOON)

  await taker.goto('/roster')
  const ask = taker.getByRole('listitem').filter({ hasText: `${one} 请人顶班` }).filter({ hasText: '接了要社区批准' })
  await ask.getByRole('button', { name: /^我来顶/ }).tap()
  await taker.getByText('已告诉社区，等批准').waitFor(SOON)
  await expectSound(taker)
  expect(await placeNow(near)).toEqual({ cover: 'claimed', place: 'accepted', serves: one })

  await pocket.goto('/board')
  const waits = pocket.getByRole('listitem').filter({ hasText: `${two} 愿意顶 ${one} 的班` })
  await waits.getByText('原因：身体不适').waitFor(SOON)
  await expectSound(pocket)
  await waits.getByRole('button', { name: `批准 ${two} 顶 ${one} 的班` }).tap()
  await expect.poll(() => placeNow(near), SOON).toEqual({ cover: 'taken', place: 'released', serves: two })
  await taker.goto('/messages')
  await taker.getByRole('heading', { name: '社区已批准，这个班是您的了' }).waitFor(SOON)
})

it('is swapped for a colleague\'s shift, by both', async () => {
  const [one, two] = [cast.first.name, cast.second.name]
  const [mine, theirs] = [await placeIn(90), await placeIn(114, cast.second)]
  await owner.goto(`/duty/${mine}`)
  await owner.getByRole('button', { name: '换班' }).tap()
  const sheet = owner.getByRole('dialog')
  await sheet.getByRole('button', { name: new RegExp(two) }).first().tap()
  await sheet.getByText(`${two} 答应之前，两班都不变。`).waitFor()
  await expectSound(owner)
  await owner.waitForTimeout(ECHO) // a second tap where the first was is an echo for so long
  await sheet.getByRole('button', { name: `问 ${two} 换不换` }).tap()
  await owner.getByText(`已问 ${two} 换不换；答应之前还是您的班。`).waitFor(SOON)
  expect(await placeNow(mine)).toEqual({ cover: 'open', place: 'accepted', serves: one })

  await taker.goto('/')
  await taker.getByRole('heading', { name: `${one} 想和您换班` }).waitFor(SOON)
  await expectSound(taker)
  await taker.getByRole('link', { name: `看一看，答复 ${one}` }).tap()
  await taker.getByRole('button', { name: '换这一班' }).waitFor()
  await expectSound(taker)
  await taker.getByRole('button', { name: '换这一班' }).tap()
  await expect.poll(() => placeNow(mine), SOON).toEqual({ cover: 'taken', place: 'released', serves: two })
  expect(await placeNow(theirs)).toEqual({ cover: null, place: 'released', serves: one })
  await taker.getByText(`已和 ${one} 换班，这个班不用去。`).waitFor(SOON)
  await owner.goto('/messages')
  await owner.getByRole('heading', { name: '换好了，这个班是您的了' }).waitFor(SOON)
})
