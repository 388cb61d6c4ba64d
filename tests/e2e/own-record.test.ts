import type pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { TempBackend } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt } from '../../supabase/local/build.ts'
import { PROJECT_ROOT } from '../../supabase/local/project.ts'
import { clock } from '../clock.ts'
import { grant, makeShift } from '../db/world.ts'
import { makeCast, openPool, profile, publishableKey, signIn } from './cast.ts'
import { DESKTOP, openBrowser, PHONE, startTemp } from './harness.ts'
import { findings, shape } from './looks.ts'

let backend: TempBackend
let pool: pg.Pool
let cast: Cast
let browser: Browser
let phone: Page
let record = ''

/** One call of a function of the API as a person signed in. */
async function call(who: Actor, name: string, args: object): Promise<Record<string, unknown>> {
  const headers = { 'apikey': await publishableKey(backend.url), 'authorization': `Bearer ${who.token}`, 'content-type': 'application/json', 'content-profile': 'api' }
  const answer = await fetch(`${backend.url}/rest/v1/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(args) })
  return await answer.json() as Record<string, unknown>
}
const one = async (text: string, params: unknown[] = []): Promise<Record<string, unknown>> => (await pool.query(text, params)).rows[0] as Record<string, unknown>
/** What an import of one number answers, without the id, and its length. */
async function imported(name: string, number: unknown): Promise<string> {
  const rows = [{ row: 1, name, phone: number, kind: 'volunteer', pinyin: 'x', initials: 'x' }]
  const answer = await call(cast.stranger, 'import_rows', { p_batch: randomUUID(), p_kind: 'responder', p_rows: rows, p_meta: { community_id: cast.world.other, file_name: 'x.csv', demo: false } })
  return JSON.stringify(answer).replace(/"id":"[^"]*"/, '"id"')
}
/** A place of a person on a shift of an hour, in three hours. */
async function placed(community: string, responder: string): Promise<string> {
  const post = randomUUID()
  const unit = community === cast.world.other ? community : cast.world.buildings[0]
  await pool.query(`insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, $4, 'gate')`, [post, unit, community, `门岗${post.slice(0, 4)}`])
  const shift = await makeShift(pool, { ...cast.world, community, post }, clock.date(3 * 3600e3), 1, 1)
  const id = randomUUID()
  await pool.query(`insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at) select $1, s.id, $3, s.starts_at, s.ends_at, 'accepted', now() from app.shift s where s.id = $2`, [id, shift, responder])
  await pool.query('update app.shift set filled = 1 where id = $1', [shift])
  return id
}

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  backend = await startTemp()
  pool = openPool(backend.dataDir)
  cast = await makeCast(pool, backend.url)
  await grant(pool, cast.stranger.login, cast.world.other, 'coordinator')
  browser = await openBrowser()
  phone = await signIn(await profile(browser, backend.url, PHONE), cast.first)
})
afterAll(async () => {
  await browser?.close()
  await pool?.end()
  await backend?.discard()
})

it('answers a list alike, whether or not its number is known elsewhere, and changes nothing there', async () => {
  const { phone: number } = await one('select phone from app.responder_contact where responder_id = $1', [cast.first.responder])
  expect(await imported('王小国', number)).toBe(await imported('王小国', '13712345678'))
  expect(await one('select name from app.responder where id = $1', [cast.first.responder])).toEqual({ name: '王建国' })
  record = (await one('select r.id from app.responder r join app.responder_contact c on c.responder_id = r.id where c.phone = $1 and r.login_id is null', [number])).id as string
})

it('asks the person on their phone, in words and shapes that everybody can read', async () => {
  const ask = phone.getByRole('region', { name: '乙社区的名单里也有您的手机号' })
  await ask.waitFor({ timeout: 70_000 })
  await ask.getByText('湖南路街道乙社区登记了“王小国”，用的是您的手机号。是您吗？').waitFor()
  for (const elder of [false, true]) {
    await phone.evaluate(on => localStorage.setItem('redwhistle-preferences', JSON.stringify({ elder: on })), elder)
    await phone.reload()
    await ask.waitFor()
    expect([await findings(phone), await shape(phone)], `elder ${elder}`).toEqual([[], { h1: 1, sideways: 0, small: [] }])
  }
})

it('says plainly what overlaps, and joins when nothing does', async () => {
  const mine = await placed(cast.world.community, cast.first.responder)
  const theirs = await placed(cast.world.other, record)
  await phone.getByRole('button', { name: '是我，加入' }).click()
  const alert = phone.getByRole('alert')
  await alert.waitFor()
  expect(await alert.textContent()).toMatch(/^时间有冲突：那边是 .*乙社区，您自己是 .*1栋。/)
  expect(await findings(phone)).toEqual([])
  expect(await one('select count(*)::int as n from app.report_in where responder_id = $1', [cast.first.responder])).toEqual({ n: 1 })
  await pool.query(`update app.assignment set state = 'withdrawn' where id = $1`, [mine])
  await pool.query('update app.shift set filled = 0 where id = (select shift_id from app.assignment where id = $1)', [mine])
  await phone.getByRole('button', { name: '是我，加入' }).click()
  await phone.getByText('已加入乙社区').waitFor()
  await phone.getByRole('button', { name: '是我，加入' }).waitFor({ state: 'detached' })
  expect(await one('select count(*)::int as n from app.report_in where responder_id = $1', [cast.first.responder])).toEqual({ n: 2 })
  expect(await one('select responder_id as who from app.assignment where id = $1', [theirs])).toEqual({ who: cast.first.responder })
  await phone.getByText(/乙社区/).first().waitFor({ timeout: 70_000 })
  await phone.reload()
  await phone.getByText(/乙社区/).first().waitFor({ timeout: 70_000 })
  await phone.getByRole('button', { name: '是我，加入' }).waitFor({ state: 'detached', timeout: 70_000 })
})

it('tells both coordinators, and lets only the first one reset the login', async () => {
  for (const who of [cast.coordinator, cast.stranger]) {
    const desk = await signIn(await profile(browser, backend.url, DESKTOP), who)
    await desk.goto('/board')
    await desk.getByText('王建国 把 乙社区 的登记并入了本人账号').first().waitFor({ timeout: 70_000 })
    await desk.context().close()
  }
  await pool.query('update app.login set invited_from = $2 where id = $1', [cast.first.login, cast.world.community])
  expect(await call(cast.stranger, 'issue_reset', { p_responder_id: cast.first.responder })).toMatchObject({ status: 'refused', code: 'forbidden' })
  expect(await call(cast.coordinator, 'issue_reset', { p_responder_id: cast.first.responder })).toMatchObject({ status: 'applied' })
})
