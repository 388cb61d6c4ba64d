import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { App } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { grant, makeShift } from '../db/world.ts'
import { actor, callApi, makeCast, openPool, PASSWORD, publishableKey, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { findings, shape } from './looks.ts'
import { OtherList } from './otherList.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let phone: Page
let other: OtherList
let record = ''

const call = async (who: Actor, name: string, args: object): Promise<Record<string, unknown>> =>
  callApi(app.backend.url, who, name, args)
const one = async (text: string, params: unknown[] = []): Promise<Record<string, unknown>> =>
  (await pool.query(text, params)).rows[0] as Record<string, unknown>
/** Gives a person a place on a shift of one hour, in three hours; answers its id. */
async function takePlace(community: string, responder: string): Promise<string> {
  const post = randomUUID()
  const unit = community === cast.world.other ? community : cast.world.buildings[0]
  await pool.query(
    `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, $4, 'gate')`,
    [post, unit, community, `门岗${post.slice(0, 4)}`],
  )
  const shift = await makeShift(pool, { ...cast.world, community, post }, clock.date(3 * 3600e3), 1, 1)
  const id = randomUUID()
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select $1, s.id, $3, s.starts_at, s.ends_at, 'accepted', now()
    from app.shift s
    where s.id = $2`,
    [id, shift, responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [shift])
  return id
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  await grant(pool, cast.stranger.login, cast.world.other, 'coordinator')
  other = new OtherList(pool, cast, app.backend.url)
  phone = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.first)
})
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

it('answers an import of a number known elsewhere as of any other, and changes nothing there', async () => {
  const contact = 'select phone from app.responder_contact where responder_id = $1'
  const { phone: number } = await one(contact, [cast.first.responder])
  expect(await other.importNumber('王小国', number)).toBe(await other.importNumber('王小国', '13712345678'))
  expect(await one('select name from app.responder where id = $1', [cast.first.responder])).toEqual({ name: '王建国' })
  const made = await one(
    `select r.id
    from app.responder r
    join app.responder_contact c on c.responder_id = r.id
    where c.phone = $1 and r.login_id is null`,
    [number],
  )
  record = made.id as string
})

it('asks the person on their phone, in words and shapes that everybody can read', async () => {
  const ask = phone.getByRole('region', { name: '乙社区的名单里也有您的手机号' })
  await ask.waitFor({ timeout: 70_000 })
  await ask.getByText('湖南路街道乙社区已将您列入名单，是否加入？').waitFor()
  expect(await phone.getByText('王小国').count(), 'only the link tells the name in the list').toBe(0)
  for (const elder of [false, true]) {
    await phone.evaluate(on => localStorage.setItem('redwhistle-preferences', JSON.stringify({ elder: on })), elder)
    await phone.reload()
    await ask.waitFor()
    await ask.getByLabel('该社区的邀请链接或邀请码').fill('')
    const seen = [await findings(phone), await shape(phone)]
    expect(seen, `elder ${elder}`).toEqual([[], { h1: 1, sideways: 0, small: [] }])
  }
  await phone.evaluate(() => localStorage.setItem('redwhistle-preferences', JSON.stringify({ elder: false })))
  await phone.reload()
})

it('joins nothing without the link of that community, and says what to do', async () => {
  const ask = phone.getByRole('region', { name: '乙社区的名单里也有您的手机号' })
  const link = ask.getByLabel('该社区的邀请链接或邀请码')
  await link.press('Enter')
  await ask.getByText('请先粘贴邀请链接，或输入邀请码。').waitFor()
  const { token } = await other.invite((await other.listNumber('别人', '13712345679')).id)
  for (const wrong of ['NOSUCHTOKEN000000000', `${app.backend.url}/i#${token}`]) {
    await link.fill(wrong)
    await link.press('Enter')
    await ask.getByRole('alert').getByText(/^这个链接或邀请码不能用/).waitFor()
    expect(await findings(phone)).toEqual([])
    await link.fill('')
  }
  expect(await one('select joined_to from app.responder where id = $1', [record])).toEqual({ joined_to: null })
})

it('names an overlap, and joins when there is none', async () => {
  const mine = await takePlace(cast.world.community, cast.first.responder)
  const theirs = await takePlace(cast.world.other, record)
  const { token } = await other.invite(record)
  const ask = phone.getByRole('region', { name: '乙社区的名单里也有您的手机号' })
  const join = ask.getByRole('button', { name: '加入', exact: true })
  await ask.getByLabel('该社区的邀请链接或邀请码').fill(`乙社区邀请您：${app.backend.url}/i#${token}，7 天内有效`)
  await join.click()
  const alert = phone.getByRole('alert')
  await alert.waitFor()
  expect(await alert.textContent()).toMatch(/^时间有冲突：那边是 .*乙社区，您自己是 .*1栋。/)
  expect(await findings(phone)).toEqual([])
  expect(await one('select count(*)::int as n from app.report_in where responder_id = $1', [cast.first.responder]))
    .toEqual({ n: 1 })
  await pool.query(`update app.assignment set state = 'withdrawn' where id = $1`, [mine])
  const empty = 'update app.shift set filled = 0 where id = (select shift_id from app.assignment where id = $1)'
  await pool.query(empty, [mine])
  await join.click()
  await phone.getByText('已加入乙社区').waitFor()
  await join.waitFor({ state: 'detached' })
  expect(await call(cast.first, 'invitation', { p_token: token })).toMatchObject({ code: 'invitation_used' })
  expect(await one('select count(*)::int as n from app.report_in where responder_id = $1', [cast.first.responder]))
    .toEqual({ n: 2 })
  expect(await one('select responder_id as who from app.assignment where id = $1', [theirs]))
    .toEqual({ who: cast.first.responder })
  await phone.getByText(/乙社区/).first().waitFor({ timeout: 70_000 })
  await phone.reload()
  await phone.getByText(/乙社区/).first().waitFor({ timeout: 70_000 })
  await join.waitFor({ state: 'detached', timeout: 70_000 })
})

it('tells both coordinators, and lets only the first one reset the login', async () => {
  for (const who of [cast.coordinator, cast.stranger]) {
    const desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), who)
    await desk.goto('/board')
    await desk.getByText('王建国 把 乙社区 的登记并入了本人账号').first().waitFor({ timeout: 70_000 })
    await desk.context().close()
  }
  await pool.query('update app.login set invited_from = $2 where id = $1', [cast.first.login, cast.world.community])
  const args = { p_responder_id: cast.first.responder }
  expect(await call(cast.stranger, 'issue_reset', args)).toMatchObject({ status: 'refused', code: 'forbidden' })
  expect(await call(cast.coordinator, 'issue_reset', args)).toMatchObject({ status: 'applied' })
})

it('joins by one tap when a signed-in person opens the link', async () => {
  const { id, token } = await other.inviteNumberOf(cast.second)
  const page = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.second)
  await page.goto(`/i#${token}`)
  await page.getByText('乙社区邀请您。您已登录：李素芬，不用再设密码。').waitFor()
  expect(new URL(page.url()).hash).toBe('')
  for (const elder of [false, true]) {
    if (elder) await page.getByRole('button', { name: '大字版' }).click()
    expect([await findings(page), await shape(page)], `elder ${elder}`).toEqual([[], { h1: 1, sideways: 0, small: [] }])
  }
  await page.getByRole('button', { name: '加入乙社区' }).press('Enter')
  await page.getByText('已加入乙社区').waitFor()
  expect(new URL(page.url()).pathname).toBe('/')
  expect(await one('select joined_to from app.responder where id = $1', [id]))
    .toEqual({ joined_to: cast.second.responder })
  // a link for a number that is not theirs is refused
  const another = await other.invite((await other.listNumber('还有人', '13712345680')).id)
  await page.goto(`/i#${another.token}`)
  await page.getByRole('button', { name: '加入乙社区' }).click()
  await page.getByRole('alert').getByText(/^这个邀请登记的不是您账号的手机号/).waitFor()
  await page.getByRole('button', { name: '这是给另一个人（还有人）的邀请' }).click()
  await page.getByLabel('设一个密码').waitFor()
  await page.context().close()
})

it('leads through the sign-in back to the invitation, and leaves the token nowhere', async () => {
  const { id, token } = await other.inviteNumberOf(cast.coordinator)
  const page = await (await profile(app.browser, app.backend.url, PHONE)).newPage()
  const seen: string[] = []
  page.on('framenavigated', frame => seen.push(frame.url()))
  await page.goto('/sign-in')
  await page.goto(`/i#${token}`)
  await page.getByRole('link', { name: '已有账号，登录后加入' }).waitFor()
  expect(await findings(page)).toEqual([])
  seen.length = 0
  await page.getByRole('link', { name: '已有账号，登录后加入' }).click()
  await page.getByLabel('手机号或登录名').fill(cast.coordinator.signIn)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('button', { name: '加入乙社区' }).click()
  await page.getByText('已加入乙社区').waitFor()
  expect(await one('select joined_to from app.responder where id = $1', [id]))
    .toEqual({ joined_to: cast.coordinator.responder })
  await page.goBack()
  await page.goForward()
  expect(seen.join(' ')).not.toContain(token)
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]),
  )
  expect(kept).not.toContain(token)
  await page.context().close()
})

it('applies one of two when a link is redeemed and joined at once', async () => {
  const key = await publishableKey(app.backend.url)
  for (const i of [0, 1, 2]) {
    const who = await actor(pool, app.backend.url, key, cast.world.community, `sai${i}`, '赛一', null)
    const { id, token } = await other.inviteNumberOf(who)
    const { email } = await call(who, 'invitation', { p_token: token })
    const made = await fetch(`${app.backend.url}/auth/v1/signup`, {
      method: 'POST',
      headers: { 'apikey': key, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    const { access_token } = await made.json() as { access_token: string }
    const both = await Promise.all([
      call({ ...who, token: access_token }, 'redeem_invitation', { p_token: token }),
      call(who, 'join_record', { p_record_id: id, p_token: token }),
    ])
    expect(both.map(said => said.status).sort(), JSON.stringify(both)).toEqual(['applied', 'refused'])
  }
})
