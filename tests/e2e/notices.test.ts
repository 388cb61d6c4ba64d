import type pg from 'pg'
import type { BrowserContext, Page } from 'playwright-core'
import type { Actor, Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { planUntilCalls } from './callList.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { fakePush } from './fakePush.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { press, pushService, standing } from './notifications.ts'
import { picturesOnFailure } from './onFailure.ts'
import { layWire } from './wire.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let phone: BrowserContext
let page: Page
let desk: Page
let shift: string

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  wire = await layWire(app.backend.url)
  phone = await profile(app.browser, wire.url, PHONE)
  await phone.grantPermissions(['notifications'], { origin: wire.url })
  page = await signIn(phone, cast.first)
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  shift = await raise()
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await wire?.close()
  await pool?.end()
  await app?.close()
})

/** Makes a call-out under an open mode with one shift of two places that runs now; nobody is asked yet. */
async function raise(): Promise<string> {
  const [mode, callout, id] = [randomUUID(), randomUUID(), randomUUID()]
  const { community, post } = cast.world
  await pool.query(
    `insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
    values ($1, $2, '防汛', '1号', $3, now(), now(), now() + interval '24 hours')`,
    [mode, community, cast.coordinator.login],
  )
  await pool.query(
    `insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
    values ($1, $2, 'real', '防汛守楼', '{}', $3, $4, now())`,
    [callout, community, mode, cast.coordinator.login],
  )
  await pool.query(
    `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
    values ($1, $2, $3, $4, now() - interval '1 minute', now() + interval '3 hours', 2, 'open')`,
    [id, community, post, callout],
  )
  return id
}

async function ask(who: Actor): Promise<string> {
  const offer = randomUUID()
  await pool.query(
    `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
    select $1, s.callout_id, $2, s.id, s.starts_at, s.ends_at, now(), now() + interval '1 hour'
    from app.shift s
    where s.id = $3`,
    [offer, who.responder, shift],
  )
  return offer
}
const stateOf = async (offer: string): Promise<string> =>
  (await pool.query('select state from app.offer where id = $1', [offer])).rows[0].state

describe('a push answered without a network', () => {
  let offer: string

  it('comes as a notice with its one action', async () => {
    offer = await ask(cast.first)
    await page.goto('/messages')
    const card = page.getByRole('article').filter({ hasText: '应急召集，请答复能不能到岗' })
    await card.getByText('单元门岗').waitFor()
    await card.getByRole('button', { name: '看一看，答复' }).waitFor()
  })

  it('keeps 接单 from the lock screen on the phone until a page can send it', async () => {
    const [worker] = phone.serviceWorkers()
    const deliver = await pushService(await phone.newCDPSession(page), wire.url)
    await page.goto('about:blank') // no page of the app is open
    wire.cut()
    const push = {
      web_push: 8030,
      notification: {
        title: '应急召集：请答复',
        body: '梧桐苑 1栋 单元门岗',
        lang: 'zh-CN',
        tag: 'n1',
        actions: [{ action: 'accept', title: '接单' }, { action: 'decline', title: '无法到岗' }],
      },
      redwhistle: {
        notice_id: randomUUID(),
        login_id: cast.first.login,
        kind: 'offer',
        subject_id: offer,
        shift_id: shift,
        path: `/callout/${offer}`,
      },
    }
    // delivered again until it arrives, as a push service does; one tag is one notification
    await vi.waitFor(async () => {
      await deliver(push)
      expect(await standing(worker!))
        .toEqual([{ title: '应急召集：请答复', body: '梧桐苑 1栋 单元门岗', actions: ['接单', '无法到岗'] }])
    }, { timeout: 60_000, interval: 1_000 })
    await press(worker!, 'accept')
    const noted = ['已记下，联网后自动上报，结果以联网为准']
    await vi.waitFor(
      async () => expect((await standing(worker!)).map(n => n.title)).toEqual(noted),
      { timeout: 60_000 },
    )
    expect(await stateOf(offer)).toBe('sent')

    await page.goto(`/callout/${offer}`) // the app starts offline and shows the answer as kept, not as won
    await page.getByText('已记下').first().waitFor()
    expect(await stateOf(offer)).toBe('sent')
    wire.mend()
    await vi.waitFor(async () => expect(await stateOf(offer)).toBe('accepted'), { timeout: 60_000, interval: 300 })
    const text = 'select state, eta_min from app.assignment where responder_id = $1'
    const { rows } = await pool.query(text, [cast.first.responder])
    expect(rows).toEqual([{ state: 'accepted', eta_min: null }])
  })
})

describe('the call list', () => {
  it('holds people that no channel reached, and their yes takes the place, even noted offline', async () => {
    const offer = await ask(cast.second)
    await planUntilCalls(async (text, params) => (await pool.query(text, params)).rows)
    await desk.goto('/messages')
    await desk.getByRole('link', { name: /电话召集/ }).click()
    // what was just noted stands below the list
    const open = desk.getByRole('button', { name: '未接' })
    const card = desk.getByRole('listitem').filter({ hasText: '李素芬', has: open })
    await card.getByText(/第 1 梯队 · .*单元门岗/).waitFor()
    await card.getByRole('button', { name: /查看号码并拨打/ }).click()
    const dial = card.getByRole('link', { name: /^拨打 199\d{8}$/ })
    await dial.waitFor()
    expect(await dial.getAttribute('href')).toMatch(/^tel:199\d{8}$/)
    const reveals = 'select reason from app.contact_reveal where responder_id = $1'
    expect((await pool.query(reveals, [cast.second.responder])).rows).toEqual([{ reason: '电话召集：防汛守楼' }])

    await desk.context().setOffline(true)
    await card.getByRole('button', { name: '未接' }).click()
    await card.getByText(/打过 1 次 · 未接/).waitFor()
    await card.getByRole('button', { name: '答应' }).click()
    await card.waitFor({ state: 'detached' })
    expect(await stateOf(offer)).toBe('sent')
    await desk.context().setOffline(false)
    await vi.waitFor(async () => expect(await stateOf(offer)).toBe('accepted'), { timeout: 60_000, interval: 200 })
    const places = 'select state, created_by from app.assignment where responder_id = $1'
    const { rows } = await pool.query(places, [cast.second.responder])
    expect(rows).toEqual([{ state: 'accepted', created_by: cast.coordinator.login }])
    const { rows: calls } = await pool.query('select result from app.call_log order by at')
    expect(calls.map(r => r.result)).toEqual(['no_answer', 'accepted'])
  })
})

describe('the switch 推送提醒', () => {
  it('asks at the tap only, and says so when the browser has no push service', async () => {
    await page.addInitScript(() => {
      const scope = globalThis as unknown as { asked: number }
      const ask = Notification.requestPermission.bind(Notification)
      scope.asked = 0
      Notification.requestPermission = async () => {
        scope.asked++
        return ask()
      }
    })
    const asked = async (): Promise<number> => page.evaluate(() => (globalThis as unknown as { asked: number }).asked)
    await page.goto('/me')
    const row = page.getByRole('switch', { name: /推送提醒/ })
    await row.waitFor()
    expect([await row.isChecked(), await asked()]).toEqual([false, 0])
    await row.click()
    // this Chromium has no push service behind it, like most in the mainland
    await page.getByText('浏览器连不上推送服务').waitFor()
    expect([await row.isChecked(), await asked()]).toEqual([false, 1])
    expect((await pool.query('select 1 from app.push_subscription')).rowCount).toBe(0)
  })
  it('comes back without a tap when the server, or the browser, lost the device', async () => {
    const endpoints = async (): Promise<string[]> => {
      const { rows } = await pool.query('select endpoint from app.push_subscription where endpoint is not null')
      return rows.map(r => r.endpoint)
    }
    const device = await profile(app.browser, app.backend.url, PHONE)
    await device.grantPermissions(['notifications'], { origin: app.backend.url })
    await device.addInitScript(fakePush)
    const other = await signIn(device, cast.second)
    await other.goto('/me')
    const row = other.getByRole('switch', { name: /推送提醒/ })
    await row.click()
    await vi.waitUntil(async () => (await endpoints()).length === 1, { timeout: 60_000 })
    const [first] = await endpoints()
    await pool.query('delete from app.push_subscription')
    await other.reload()
    await vi.waitUntil(async () => (await endpoints()).length === 1, { timeout: 60_000 })
    expect(await endpoints()).toEqual([first])
    // the browser gave its subscription up while the app was open
    await other.evaluate(() => {
      localStorage.removeItem('fake-push')
      new BroadcastChannel('redwhistle-push').postMessage('changed')
    })
    await vi.waitUntil(async () => (await endpoints()).some(e => e !== first), { timeout: 60_000 })
    // a person who switched it off is left alone, although the permission stands
    await row.click()
    await vi.waitUntil(async () => (await endpoints()).every(e => e === first), { timeout: 60_000 })
    await pool.query('delete from app.push_subscription')
    await other.reload()
    await row.waitFor()
    await other.waitForTimeout(3000)
    expect(await endpoints()).toEqual([])
    await device.close()
  })
  it('says where a refusal is changed', async () => {
    await phone.clearPermissions()
    const denied = await app.browser.newContext({ ...PHONE, baseURL: app.backend.url, locale: 'zh-CN' })
    const other = await signIn(denied, cast.second)
    await other.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }))
    await other.goto('/me')
    await other.getByText('浏览器已拒绝通知').waitFor()
    await denied.close()
  })
})

describe('群机器人', () => {
  it('is set by the coordinator, shows its last four characters and never the address', async () => {
    await desk.goto('/me')
    await desk.getByRole('link', { name: /群机器人/ }).click()
    const card = desk.getByRole('region', { name: '飞书' })
    await card.getByLabel('机器人地址').fill('https://evil.example.com/hook/x')
    await card.getByRole('button', { name: /保存/ }).click()
    await desk.getByRole('alert').waitFor()
    expect((await pool.query('select 1 from app.robot')).rowCount).toBe(0)
    await card.getByLabel('机器人地址').fill('https://open.feishu.cn/open-apis/bot/v2/hook/abcd-1234-wxyz')
    await card.getByLabel(/签名密钥/).fill('geheim')
    await card.getByRole('button', { name: /保存/ }).click()
    await card.getByText('地址末四位 wxyz').waitFor()
    await card.getByText('还没试过').waitFor()
    expect((await pool.query('select kind, secret from app.robot')).rows)
      .toEqual([{ kind: 'feishu', secret: 'geheim' }])
    expect(await desk.content()).not.toMatch(/abcd-1234|geheim/)
    await card.getByRole('button', { name: '移除' }).click()
    await card.getByText('没有设置').waitFor()
    expect((await pool.query('select 1 from app.robot')).rowCount).toBe(0)
  })
})
