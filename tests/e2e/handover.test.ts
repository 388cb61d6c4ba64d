import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { Handset } from './handset.ts'
import type { TempBackend } from './harness.ts'
import type { LateRelief } from './lateRelief.ts'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dayKey } from '../../src/domain/time.ts'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { clock } from '../clock.ts'
import { filmPrint, filmScreen } from './camera.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { handset, offline } from './handset.ts'
import { DESKTOP, PHONE, profile, startTemp, tempFolder } from './harness.ts'
import { lateRelief } from './lateRelief.ts'
import { findings, shape } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'

/** Until both phones have synced. */
const SOON = { timeout: 70_000, interval: 500 }
let backend: TempBackend
let pool: pg.Pool
let cast: Cast
let folder: string
let leaver: Handset
let relief: Handset
let ids: LateRelief

beforeAll(async () => {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  folder = await tempFolder()
  backend = await startTemp()
  pool = openPool(backend.dataDir)
  cast = await makeCast(pool, backend.url)
  ids = await lateRelief(pool, cast)
  leaver = await handset(path.join(folder, 'leaver.y4m'), backend.url, cast.first)
  relief = await handset(path.join(folder, 'relief.y4m'), backend.url, cast.second)
})
beforeEach(() => {
  picturesOnFailure(() => leaver.browser)
  picturesOnFailure(() => relief.browser)
})
afterAll(async () => {
  for (const phone of [leaver, relief]) {
    await phone?.browser.close()
    await phone?.wire.close()
  }
  await pool?.end()
  await backend?.discard()
  await rm(folder, { recursive: true, force: true })
})

const rows = async (text: string, params: unknown[] = []): Promise<unknown[]> => (await pool.query(text, params)).rows
const scan = (page: Page): Promise<void> => page.getByRole('button', { name: '打开相机扫码' }).click()
const code = (page: Page) => page.getByRole('dialog').locator('svg.qr')

it('shows the stayer their overtime, and a gate that names the person it waits for', async () => {
  await leaver.page.goto(`/duty/${ids.leaving}`)
  await leaver.page.getByText(/已超时 1\d 分/).waitFor()
  await leaver.page.getByText(/其中超时 1\d 分/).waitFor()
  const out = leaver.page.getByRole('button', { name: '交接并离岗' })
  expect(await out.getAttribute('aria-disabled')).toBe('true')
  await leaver.page.getByText(/等 李素芬 到岗/).waitFor()
  await relief.page.goto(`/duty/${ids.arriving}`)
  await relief.page.getByRole('button', { name: '我到岗了' }).waitFor()
})

it.each([{ elder: false, dark: false }, { elder: false, dark: true }, { elder: true, dark: false }])(
  'has no findings and is reached by keyboard, elder $elder, dark $dark',
  async ({ elder, dark }) => {
    for (const [phone, button] of [[leaver, '现在换人'], [relief, '扫门口的码到岗']] as const) {
      await phone.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
      await phone.page.evaluate(
        on => localStorage.setItem('redwhistle-preferences', JSON.stringify({ elder: on })),
        elder,
      )
      await phone.page.reload()
      await phone.page.getByRole('button', { name: button }).focus()
      const seen = [await findings(phone.page), await shape(phone.page)]
      expect(seen, button).toEqual([[], { h1: 1, sideways: 0, small: [] }])
      await phone.page.keyboard.press('Enter')
      const sheet = phone.page.getByRole('dialog')
      await sheet.waitFor()
      expect([await findings(phone.page), (await shape(phone.page)).small], button).toEqual([[], []])
      await phone.page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
    }
  },
)

it('lets the relief arrive by the printed code at the door, without any network', async () => {
  await offline(leaver, true)
  await offline(relief, true)
  await relief.page.getByRole('button', { name: '扫门口的码到岗' }).click()
  await relief.page.getByLabel('门口的 10 位码').fill('AAAAAAAAAA')
  await relief.page.getByRole('button', { name: '核对' }).click()
  await relief.page.getByText('这不是本岗的门').waitFor()
  await filmPrint(relief.film, `${backend.url}/b/${cast.doorCode}`)
  await scan(relief.page)
  await relief.page.getByText('到岗 · 待上传').first().waitFor()
})

it('carries the note and the answer from screen to camera, and the gate opens without a network', async () => {
  const note = [
    ['已办', '3 户送药，已铺盐'],
    ['未办', '502 室水管待回访'],
    ['物资', '对讲机 1、盐 4 袋'],
    ['风险', '北侧坡道结冰'],
  ] as const
  for (const [label, text] of note) await leaver.page.getByLabel(label).fill(text)
  await leaver.page.getByRole('button', { name: '出示交班码' }).click()
  await code(leaver.page).waitFor()
  expect(await findings(leaver.page)).toEqual([])
  await filmScreen(leaver.browser, relief.film, code(leaver.page))
  await relief.page.getByRole('button', { name: '扫交班人的码' }).click()
  await scan(relief.page)
  await relief.page.getByText('502 室水管待回访').waitFor()
  await relief.page.getByText('王建国 的交接记录').waitFor()
  await relief.page.getByRole('button', { name: '看过了，我接班' }).click()
  await code(relief.page).waitFor()
  expect(await findings(relief.page)).toEqual([])

  await leaver.page.getByLabel('对方手机上的 6 位数').fill('123456')
  await leaver.page.getByRole('button', { name: '核对' }).click()
  await leaver.page.getByText('这不是本班的码，请核对楼栋').waitFor()
  await filmScreen(relief.browser, leaver.film, code(relief.page))
  await scan(leaver.page)
  await leaver.page.getByRole('dialog').waitFor({ state: 'detached' })
  await leaver.page.getByText('李素芬 已到岗').waitFor()
  await leaver.page.getByText('双方都已确认').waitFor()
  await leaver.page.reload()
  await leaver.page.getByRole('button', { name: '交接并离岗' }).click()
  await leaver.page.getByText('离岗 · 待上传').first().waitFor()
})

it('has sent nothing to the server yet', async () => {
  expect(await rows('select count(*)::int as n from app.handover')).toEqual([{ n: 0 }])
  expect(await rows('select state::text from app.assignment order by starts_at'))
    .toEqual([{ state: 'on_post' }, { state: 'accepted' }])
})

it('becomes one handover with both confirmations and true hours when the phones come back', async () => {
  const mended = clock.now()
  await offline(relief, false)
  await relief.page.getByText(/已同步/).first().waitFor({ timeout: 70_000 })
  const half = 'select taken_at is not null as taken, given_at is not null as given, risks from app.handover'
  await expect.poll(async () => rows(half), SOON).toEqual([{ taken: true, given: false, risks: '北侧坡道结冰' }])
  await offline(leaver, false)
  const whole = `
    select id, to_assignment_id as to, done, todo, supplies, risks, given_at is not null as given,
      taken_at is not null as taken
    from app.handover`
  await expect.poll(async () => rows(whole), SOON).toEqual([{
    id: ids.leaving,
    to: ids.arriving,
    done: '3 户送药，已铺盐',
    todo: '502 室水管待回访',
    supplies: '对讲机 1、盐 4 袋',
    risks: '北侧坡道结冰',
    given: true,
    taken: true,
  }])
  const places = `
    select a.state::text, s.filled, extract(epoch from coalesce(a.off_post_at, a.on_post_at)) * 1000 < $1 as before
    from app.assignment a
    join app.shift s on s.id = a.shift_id
    order by a.starts_at`
  await expect.poll(async () => rows(places, [mended]), SOON)
    .toEqual([{ state: 'relieved', filled: 0, before: true }, { state: 'on_post', filled: 1, before: true }])
  const events = await rows(`
    select kind, reason, detail ->> 'overtime_min' as over
    from app.event
    where kind in ('on_post', 'off_post', 'no_relief', 'disputed')
    order by kind`)
  expect(events).toEqual([
    { kind: 'off_post', reason: null, over: expect.stringMatching(/^1\d$/) as unknown },
    { kind: 'on_post', reason: 'qr', over: null },
  ])
})

/** Types a six-digit code under 现在换人 and confirms the person's name. */
async function typeSwap(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/duty/${ids.arriving}`)
  await page.getByRole('button', { name: '现在换人' }).click()
  await page.getByLabel('对方替班码的 6 位数').fill(code)
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByRole('heading', { name: '这个码是谁的？' }).waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByLabel('输入姓名里的一个字').fill(name.slice(1))
  await page.getByRole('button', { name }).click()
  await page.getByRole('button', { name: `确定，换 ${name} 值守` }).click()
}

it('refuses a made-up code of a person, and the coordinator reads of it', async () => {
  await typeSwap(relief.page, '000000', '王建国')
  const refusals = `select kind from app.event where kind = 'stand_in_refused'`
  await expect.poll(async () => rows(refusals), SOON).toHaveLength(1)
  expect(await rows('select state::text from app.assignment where id = $1', [ids.arriving]))
    .toEqual([{ state: 'on_post' }])
  await relief.page.goto('/messages')
  await relief.page.getByText('替班码对不上，换人没有记下').first().waitFor({ timeout: 70_000 })
})

it('puts a person who stands beside me in my place, by the code of their phone', async () => {
  const other = await signIn(await profile(leaver.browser, backend.url, PHONE), cast.coordinator)
  await other.getByRole('link', { name: /我的班/ }).click() // a coordinator lands on 今天
  await other.getByRole('link', { name: '替班码' }).click()
  await filmScreen(leaver.browser, relief.film, other.locator('svg.qr'))
  await relief.page.goto(`/duty/${ids.arriving}`)
  await relief.page.getByRole('button', { name: '现在换人' }).click()
  await scan(relief.page)
  await relief.page.getByRole('button', { name: /^确定，换/ }).click()
  await relief.page.getByText('已离岗').first().waitFor({ timeout: 70_000 })
  expect(await rows(`select detail ->> 'proof' as proof from app.event where kind = 'taken_over'`))
    .toEqual([{ proof: 'code' }])
  const places = `select state::text, on_post_at = starts_at as exact, responder_id as who
    from app.assignment where shift_id = $1 order by starts_at`
  await expect.poll(async () => rows(places, [ids.second]), SOON).toEqual([
    { state: 'relieved', exact: false, who: cast.second.responder },
    { state: 'on_post', exact: true, who: cast.coordinator.responder },
  ])
  await other.getByRole('button', { name: '返回' }).click()
  await other.getByRole('link', { name: '打开值守页' }).waitFor({ timeout: 70_000 })
})

it('lets a coordinator release a person on post, with a reason that is kept', async () => {
  const desk = await signIn(await profile(leaver.browser, backend.url, DESKTOP), cast.coordinator)
  // the week in which it began: this one may have begun after it
  const [shift] = await rows(`select s.starts_at from app.shift s
    join app.assignment a on a.shift_id = s.id
    join app.responder r on r.id = a.responder_id
    where r.name = '陈立群' and a.state = 'on_post'`) as { starts_at: Date }[]
  await desk.goto(`/roster?week=${dayKey(shift!.starts_at.getTime())}`)
  await desk.getByRole('grid').getByText('陈立群').click()
  await desk.getByRole('button', { name: '处理 陈立群 的值守' }).click()
  await desk.getByLabel('为什么放行').fill('接班人路上堵车，已站 6 小时')
  await desk.getByRole('button', { name: '放行，让对方离岗' }).click()
  const forced = 'select forced_reason, forced_by from app.handover where forced_at is not null'
  await expect.poll(async () => rows(forced), SOON)
    .toEqual([{ forced_reason: '接班人路上堵车，已站 6 小时', forced_by: cast.coordinator.login }])
})

it('has sent requests to its own server only', () => {
  for (const { asked, wire } of [leaver, relief]) expect([...new Set(asked)]).toEqual([new URL(wire.url).host])
})
