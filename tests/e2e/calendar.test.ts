import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { sync as nodeIcal } from 'node-ical'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift } from '../db/world.ts'
import { makeCast, openPool, signIn } from './cast.ts'
import { PHONE, profile, startApp } from './harness.ts'
import { expectSoundInBothSizes } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'

/** 日历订阅 from the page that makes the link to a calendar that reads it, and to its end. */
let app: App
let pool: pg.Pool
let cast: Cast
let phone: Page
let address = ''
const place = randomUUID()

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  const shift = await makeShift(pool, cast.world, new Date(clock.now() + 40 * 3_600_000), 3, 1)
  await pool.query(
    `insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
    select $1, s.id, $3, s.starts_at, s.ends_at, 'accepted', now() from app.shift s where s.id = $2`,
    [place, shift, cast.first.responder],
  )
  await pool.query('update app.shift set filled = 1 where id = $1', [shift])
  phone = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.first)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

/** What a calendar program is answered: the status, the tag, and each event as 'uid status'. */
async function subscribed(tag?: string): Promise<{ status: number, tag: string | null, events: string[] }> {
  const headers = tag === undefined ? {} : { 'if-none-match': tag }
  const answer = await fetch(address, { headers })
  const events = Object.values(nodeIcal.parseICS(await answer.text())).filter(e => e?.type === 'VEVENT')
  return {
    status: answer.status,
    tag: answer.headers.get('etag'),
    events: events.map(e => `${e.uid} ${e.status}`),
  }
}

it('is made on the phone, shown once, and read by a calendar', async () => {
  await phone.goto('/me')
  await phone.getByRole('link', { name: /^日历订阅/ }).click()
  await phone.getByText('还没有订阅链接。').waitFor()
  await expectSoundInBothSizes(phone)
  await phone.getByRole('button', { name: '生成订阅链接' }).click()
  const open = phone.getByRole('link', { name: '在本机日历中打开' })
  await open.waitFor()
  await phone.getByRole('img', { name: '订阅链接二维码' }).waitFor()
  await expectSoundInBothSizes(phone)
  const webcal = await open.getAttribute('href')
  address = await phone.locator('.url').innerText()
  expect(webcal).toBe(address.replace('http:', 'webcal:'))
  expect(address).toMatch(/\/functions\/v1\/calendar\/[0-9A-Z]{26}\.ics$/)
  const first = await subscribed()
  expect(first).toMatchObject({ status: 200, events: [`${place}@redwhistle CONFIRMED`] })
  expect(await subscribed(first.tag!)).toEqual({ status: 304, tag: first.tag, events: [] })
  expect(await phone.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])))
    .not
    .toContain(address.slice(-30, -4))
})

it('says what became of a turn', async () => {
  await pool.query(`update app.assignment set state = 'withdrawn' where id = $1`, [place])
  expect((await subscribed()).events).toEqual([`${place}@redwhistle CANCELLED`])
})

it('is not shown again, and a new one ends it', async () => {
  await phone.reload()
  await phone.getByText(/生成了订阅链接。 ?日历上次读取：/).waitFor()
  await expectSoundInBothSizes(phone)
  await phone.getByRole('button', { name: '换新链接' }).click()
  await phone.getByRole('alertdialog').waitFor()
  await expectSoundInBothSizes(phone)
  await phone.getByRole('button', { name: '取消' }).click()
  expect((await subscribed()).status).toBe(200)
  await phone.getByRole('button', { name: '换新链接' }).click()
  await phone.getByRole('button', { name: '确认换新' }).click()
  await phone.getByRole('link', { name: '在本机日历中打开' }).waitFor()
  expect((await subscribed()).status).toBe(404)
  address = await phone.locator('.url').innerText()
  expect((await subscribed()).status).toBe(200)
})

it('is switched off at once', async () => {
  await phone.getByRole('button', { name: '停用' }).click()
  await phone.getByRole('button', { name: '确认停用' }).click()
  await phone.getByText('已停用，日历不再更新').waitFor()
  await phone.getByText('还没有订阅链接。').waitFor()
  expect((await subscribed()).status).toBe(404)
})

it('says that it needs a network', async () => {
  await phone.context().setOffline(true)
  const make = phone.getByRole('button', { name: '生成订阅链接' })
  await expect.poll(async () => make.getAttribute('aria-disabled')).toBe('true')
  await phone.getByText('需要联网').waitFor()
  await phone.context().setOffline(false)
  await expect.poll(async () => make.getAttribute('aria-disabled')).not.toBe('true')
})
