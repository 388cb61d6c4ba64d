import type pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, dayKey, HOUR } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { grant, makeShift } from '../db/world.ts'
import { actor, makeCast, openPool, publishableKey, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound, expectSoundInBothSizes } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { pictures } from './tour.ts'

/** 今天, 党组织, 单位 and 大党委 as a coordinator keeps them, and what the street above sees of a vacancy. */
let app: App
let pool: pg.Pool
let cast: Cast
let desk: Page
let street: Page
const SOON = { timeout: 60_000, interval: 200 }
const orgs = { committee: randomUUID(), east: randomUUID(), west: randomUUID(), south: randomUUID() }
const units = { school: randomUUID(), twin: randomUUID() }
const days = (n: number): string => dayKey(clock.now() + n * DAY)

/** A committee over three branches: one led, one without a secretary for 39 days, one that is to be merged. */
async function makeOrgs(): Promise<void> {
  const { community } = cast.world
  const org = `insert into app.party_org (id, name, kind, keeper_id, org_unit_id, parent_id, formed_on)
    values ($1, $2, $3, $4, $4, $5, '2015-07-01')`
  await pool.query(org, [orgs.committee, '甲社区党委', 'committee', community, null])
  await pool.query(org, [orgs.east, '东区党支部', 'branch', community, orgs.committee])
  await pool.query(org, [orgs.west, '西区党支部', 'branch', community, orgs.committee])
  await pool.query(org, [orgs.south, '南区党支部', 'branch', community, orgs.committee])
  const post = `insert into app.party_post (id, party_org_id, post, holder, starts_on, ends_on)
    values (gen_random_uuid(), $1, 'secretary', $2, '2021-06-11', $3)`
  await pool.query(post, [orgs.committee, '林岚', null])
  await pool.query(post, [orgs.east, '孙晓梅', null])
  await pool.query(post, [orgs.west, '吴佳庚', days(-39)])
  await pool.query(post, [orgs.south, '何志远', null])
  await pool.query('update app.responder set party_org_id = $1 where id = $2', [orgs.south, cast.first.responder])
}

/** A school, and what a list made of its name; a report that waits; a shift in three hours that nobody has. */
async function makeNeeds(): Promise<void> {
  const { community } = cast.world
  const unit = 'insert into app.partner_unit (id, name, kind, org_unit_id) values ($1, $2, $3, $4)'
  await pool.query(unit, [units.school, '示例第二中学', 'institution', community])
  await pool.query(unit, [units.twin, '示例第二中学校', 'unknown', community])
  await pool.query('update app.responder set partner_unit_id = $1 where id = $2', [units.twin, cast.second.responder])
  await pool.query(
    `insert into app.report_form (id, community_id, number, name, phone, kind)
    values (gen_random_uuid(), $1, 'BD-0101-0001', '许国平', '19900008001', 'volunteer')`,
    [community],
  )
  await makeShift(pool, cast.world, new Date(clock.now() + 3 * HOUR), 3, 2)
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  await makeOrgs()
  await makeNeeds()
  const key = await publishableKey(app.backend.url)
  const officer = await actor(pool, app.backend.url, key, cast.world.other, 'jiedao', '周谷雨', null)
  await grant(pool, officer.login, cast.world.street, 'street_officer')
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
  street = await signIn(await profile(app.browser, app.backend.url, DESKTOP), officer)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

const gapsOn = (page: Page): Locator => page.getByRole('list', { name: '缺口' })
/** Opens an organisation from the tree; answers its page beside it. */
async function choose(name: string): Promise<Locator> {
  await desk.getByRole('region', { name: '党组织树' }).getByRole('link', { name: new RegExp(`^${name}`) }).click()
  return desk.getByRole('region', { name, exact: true })
}
const rows = async (text: string, values: unknown[] = []): Promise<unknown[]> => (await pool.query(text, values)).rows

describe('今天', () => {
  it('says first what has to be done first, and each line leads to where it is done', async () => {
    await desk.goto('/today')
    await desk.getByRole('heading', { name: /^等您的 \d 件$/ }).waitFor(SOON)
    const lines = desk.getByRole('heading', { level: 3 })
    await expect.poll(async () => (await lines.allInnerTexts()).slice(0, 2), SOON)
      .toEqual(['梧桐苑 1栋缺 2 人', '1 件报到等您确认'])
    await pictures(desk, '16-today')
    await expectSound(desk)
    await desk.getByRole('link', { name: '看这 1 件：1 件报到等您确认' }).click()
    await desk.getByRole('heading', { name: '许国平' }).waitFor()
    expect(new URL(desk.url()).pathname).toBe('/reports')
  })

  it('finds people, units and organisations by one search', async () => {
    await desk.goto('/search')
    const field = desk.getByLabel('找人、楼栋、岗位、单位、党组织')
    for (const [typed, found] of [['王建', '王建国'], ['第二中学', '示例第二中学'], ['西区', '西区党支部']] as const) {
      await field.fill(typed)
      await desk.getByRole('link', { name: new RegExp(`^${found}`) }).first().waitFor(SOON)
    }
    await field.press('Enter')
    await desk.getByRole('heading', { name: '西区党支部' }).waitFor()
  })
})

describe('党组织', () => {
  it('shows a vacancy with its days, to the street above as well, without a person', async () => {
    await desk.goto('/organisations')
    await gapsOn(desk).getByText('西区党支部缺书记').waitFor(SOON)
    await gapsOn(desk).getByText(/起 (?:39|40) 天$/).waitFor()
    await pictures(desk, '17-organisations')
    await expectSound(desk)
    await street.goto('/organisations')
    await gapsOn(street).getByText('西区党支部缺书记').waitFor(SOON)
    await gapsOn(street).getByText(/^甲社区 · .*起 (?:39|40) 天$/).waitFor()
    expect(await street.getByText(/吴佳庚|孙晓梅|东区党支部/).count()).toBe(0)
    await expectSound(street)
  })

  it('is led again when somebody of the list is put into the post', async () => {
    const panel = desk.getByRole('region', { name: '西区党支部', exact: true })
    await panel.getByRole('button', { name: '补上书记' }).click()
    const sheet = desk.getByRole('dialog')
    await sheet.getByLabel('姓名', { exact: true }).fill('王建')
    await sheet.getByRole('button', { name: '只记姓名“王建”' }).waitFor()
    const run = sheet.getByRole('button', { name: '确定到任' })
    expect(await run.getAttribute('aria-disabled'), 'what may mean somebody of the list is nobody yet').toBe('true')
    await sheet.getByRole('button', { name: /王建国/ }).click()
    await run.click()
    await desk.getByText('西区党支部：王建国任书记').waitFor()
    await panel.getByText('王建国').first().waitFor()
    await gapsOn(desk).getByText('西区党支部缺书记').waitFor({ state: 'detached' })
    const held = 'select responder_id, post from app.party_post where party_org_id = $1 and ends_on is null'
    await expect.poll(async () => rows(held, [orgs.west]), SOON)
      .toEqual([{ responder_id: cast.first.responder, post: 'secretary' }])
    await gapsOn(street).waitFor({ state: 'detached', ...SOON })
    const led = await choose('西区党支部')
    await led.getByText('王建国').first().waitFor()
    await led.getByText('书记 吴佳庚 离任').waitFor()
    await pictures(desk, '18-organisation')
  })

  it('goes into another one, and its members with it', async () => {
    const panel = await choose('南区党支部')
    await panel.getByRole('button', { name: '撤销或合并' }).click()
    const sheet = desk.getByRole('alertdialog')
    await sheet.getByRole('radio', { name: '并入别的党组织' }).check({ force: true })
    await sheet.getByLabel('并入哪个').selectOption({ label: '东区党支部' })
    await sheet.getByText(/党员 1 人转到东区党支部/).waitFor()
    await expectSound(desk)
    await sheet.getByRole('button', { name: '确定合并' }).click()
    const where = `select o.state, o.merged_into, r.party_org_id from app.party_org o, app.responder r
      where o.id = $1 and r.id = $2`
    await expect.poll(async () => rows(where, [orgs.south, cast.first.responder]), SOON)
      .toEqual([{ state: 'merged', merged_into: orgs.east, party_org_id: orgs.east }])
  })
})

describe('单位', () => {
  it('are one where a list wrote a name in two ways, once the coordinator has said so', async () => {
    await desk.goto('/units')
    await desk.getByText('“示例第二中学校”和“示例第二中学”像是同一家。').waitFor(SOON)
    await pictures(desk, '19-units')
    await expectSound(desk)
    await desk.getByRole('button', { name: /^合并\s*示例第二中学校$/ }).click()
    const sheet = desk.getByRole('alertdialog')
    await sheet.getByText(/^1 人和党组织、席位、报到、联络人都转到示例第二中学/).waitFor()
    await sheet.getByRole('button', { name: '确定合并' }).click()
    const merged = `select u.state, u.merged_into, r.partner_unit_id from app.partner_unit u, app.responder r
      where u.id = $1 and r.id = $2`
    await expect.poll(async () => rows(merged, [units.twin, cast.second.responder]), SOON)
      .toEqual([{ state: 'ended', merged_into: units.school, partner_unit_id: units.school }])
    await desk.getByText('1 家', { exact: true }).waitFor()
  })
})

describe('大党委', () => {
  const seatOf = (name: RegExp): Locator => desk.getByRole('listitem').getByRole('link', { name })

  it('has a seat for a unit, with a term', async () => {
    await desk.goto('/council')
    await desk.getByText('还没有席位').waitFor(SOON)
    await desk.getByRole('link', { name: '添加席位' }).first().click()
    await desk.getByLabel('谁坐这一席').fill('高卫东')
    await desk.getByLabel('代表哪家单位').selectOption({ label: '示例第二中学' })
    await desk.getByRole('radio', { name: '任职中' }).check({ force: true })
    await desk.getByLabel('任期到（可不填）').fill(days(3 * 365))
    await expectSound(desk)
    await desk.getByRole('button', { name: '保存', exact: true }).click()
    await seatOf(/高卫东/).waitFor()
    await desk.getByText(/^专职 0 · 兼职 1，其中空缺 0/).waitFor()
  })

  it('says since when a seat stands empty, and is whole when somebody is invited to it', async () => {
    await seatOf(/高卫东/).click()
    await desk.getByRole('button', { name: '本人离任' }).click()
    await desk.getByRole('dialog').getByRole('button', { name: '确定离任' }).click()
    const empty = seatOf(/空缺 0 天/)
    await empty.getByText('请示例第二中学推荐一位').waitFor()
    await pictures(desk, '20-council')
    await expectSound(desk)
    await empty.click()
    await desk.getByLabel('谁坐这一席').fill('田雨')
    await desk.getByRole('button', { name: '请一位来坐这一席' }).click()
    await seatOf(/田雨.*已邀请/).waitFor()
    await expect.poll(async () => rows('select holder, state from app.seat'), SOON)
      .toEqual([{ holder: '田雨', state: 'invited' }])
  })
})

it('all of it is at hand on a phone, in 大字版 too', async () => {
  const phone = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.coordinator)
  await phone.getByRole('link', { name: /^更多/ }).click()
  await phone.getByRole('link', { name: /^党组织/ }).waitFor()
  await phone.getByRole('link', { name: /^大党委.*1 席，空 0 席/ }).waitFor()
  await expectSoundInBothSizes(phone)
  await phone.getByRole('link', { name: /^党组织/ }).click()
  await phone.getByRole('region', { name: '党组织树' }).getByRole('link', { name: /^东区党支部/ }).click()
  await phone.getByRole('heading', { name: '东区党支部' }).waitFor()
  for (const path of [null, '/today', '/reports', '/organisations', '/units', '/council', `/units/${units.school}`]) {
    if (path !== null) await phone.goto(path)
    await phone.locator('h1').first().waitFor()
    await phone.waitForTimeout(250)
    await expectSoundInBothSizes(phone)
  }
})
