import type pg from 'pg'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import type { Wire } from './wire.ts'
import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeCast, openPool, PASSWORD, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound, expectSoundInBothSizes } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'
import { picture, pictures } from './tour.ts'
import { layWire } from './wire.ts'

/** 报到: by a door without a network, by a wall, and by the list of a unit's liaison; and who sees what of it. */
let app: App
let pool: pg.Pool
let cast: Cast
let wire: Wire
let desk: Page
let cadreContext: BrowserContext
let cadre: Page
let liaison: Page
let wallCode = ''
let receipt = ''
const SOON = { timeout: 60_000 }
const grids = { first: randomUUID(), second: randomUUID() }
const units = { school: randomUUID(), centre: randomUUID() }

/** Two grids, the estate in the first; a school, and a 党群服务中心 with its code. */
async function makeNeighbours(): Promise<void> {
  const { community, estate } = cast.world
  for (const [id, name] of [[grids.first, '第一网格'], [grids.second, '第二网格']]) {
    const text = `insert into app.org_unit (id, level, name, parent_id) values ($1, 'grid', $2, $3)`
    await pool.query(text, [id, name, community])
  }
  await pool.query('update app.org_unit set parent_id = $2 where id = $1', [estate, grids.first])
  const unit = 'insert into app.partner_unit (id, name, kind, org_unit_id) values ($1, $2, $3, $4)'
  await pool.query(unit, [units.school, '示例中学', 'institution', community])
  await pool.query(unit, [units.centre, '颐和党群服务中心', 'service_centre', community])
  const { rows } = await pool.query('select wall_code from app.partner_unit where id = $1', [units.centre])
  wallCode = rows[0].wall_code as string
}

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  await makeNeighbours()
  wire = await layWire(app.backend.url)
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await wire?.close()
  await pool?.end()
  await app?.close()
})

const question = (page: Page, words: string): Promise<void> => page.getByRole('heading', { name: words }).waitFor()
const next = (page: Page): Promise<void> => page.getByRole('button', { name: '下一步', exact: true }).click()
const choose = (page: Page, role: 'checkbox' | 'radio', name: string): Promise<void> =>
  page.getByRole(role, { name, exact: true }).check({ force: true })
/** The line of somebody on the page of reports. */
const lineOf = (name: string): Locator =>
  desk.getByRole('listitem').filter({ has: desk.getByRole('heading', { name, exact: true }) })

/** Who the person is: the last step, up to the button. */
async function sayWho(page: Page, name: string, phone: string): Promise<void> {
  await question(page, '您是哪位？')
  await page.getByLabel('姓名', { exact: true }).fill(name)
  await page.getByLabel('手机', { exact: true }).fill(phone)
}

/** Sets a password by the receipt that is open, and waits until the app shows one's own duty. */
async function joinByReceipt(page: Page): Promise<void> {
  await page.getByRole('button', { name: '设密码，开始用' }).click()
  const again = page.getByLabel('再输一次')
  await again.waitFor()
  await page.getByLabel('设一个密码').fill(PASSWORD)
  await again.fill(PASSWORD)
  await page.getByRole('button', { name: '设好密码，进入' }).click()
  await page.getByText('近期没有您的班').waitFor(SOON)
}

async function confirm(name: string): Promise<void> {
  const line = lineOf(name)
  await line.getByRole('button', { name: '确认', exact: true }).click()
  await line.getByRole('link', { name: '打印回执' }).waitFor(SOON)
}

describe('a cadre without a record', () => {
  it('reports in without a network, within a minute; the page was opened once', async () => {
    cadreContext = await profile(app.browser, wire.url, PHONE)
    cadre = await cadreContext.newPage()
    await cadre.goto(`/report?code=${cast.doorCode.toLowerCase()}`)
    await question(cadre, '住哪一栋？')
    await cadre.evaluate(async () => { await navigator.serviceWorker.ready })
    wire.cut()
    await cadreContext.setOffline(true)
    await cadre.reload()
    const began = clock.now()
    await question(cadre, '住哪一栋？')
    // the building of the door is chosen already
    expect(await cadre.getByRole('radio', { name: /^梧桐苑 1栋/ }).isChecked()).toBe(true)
    await picture(cadre, '10-report-page-phone')
    await next(cadre)
    await question(cadre, '方便做些什么？')
    await choose(cadre, 'checkbox', '水电维修')
    await choose(cadre, 'checkbox', '工作日晚上')
    await cadre.getByLabel('工作单位（可不填）').fill('示例中学')
    await next(cadre)
    await sayWho(cadre, '许国平', '199 0000 8001')
    await choose(cadre, 'radio', '下沉干部')
    const consents = cadre.getByRole('switch')
    expect(await consents.evaluateAll(all => all.map(one => (one as HTMLInputElement).checked))).toEqual([
      false, false, false,
    ])
    await cadre.getByRole('switch', { name: /^把到岗情况告诉我的单位/ }).click()
    await cadre.getByRole('button', { name: '报到，告诉甲社区' }).click()
    await cadre.getByRole('heading', { name: '已记下，有网自动报到' }).waitFor()
    expect(clock.now() - began).toBeLessThan(60_000)
    await picture(cadre, '11-noted-phone')
    expect((await pool.query('select from app.report_form')).rowCount).toBe(0)
  })

  it('is still noted when the phone opens the page again, and gets a number with the network', async () => {
    await cadre.reload()
    await cadre.getByRole('heading', { name: '已记下，有网自动报到' }).waitFor()
    wire.mend()
    await cadreContext.setOffline(false)
    await cadre.getByRole('heading', { name: '已送到社区' }).waitFor(SOON)
    await cadre.getByText(/^回执号 BD-\d{4}-0001$/).waitFor()
    await expectSoundInBothSizes(cadre)
    const { rows } = await pool.query('select name, phone, kind, building_id from app.report_form')
    expect(rows).toEqual([{
      name: '许国平', phone: '19900008001', kind: 'sent_cadre', building_id: cast.world.buildings[0],
    }])
  })

  it('is confirmed on a desktop, in the grid that the coordinator chooses', async () => {
    await desk.goto('/reports')
    const line = lineOf('许国平')
    await line.getByText('下沉干部 · 示例中学').waitFor(SOON)
    const grid = line.getByLabel('许国平的网格')
    expect(await grid.inputValue()).toBe(grids.first)
    await pictures(desk, '12-reports')
    await expectSound(desk)
    await grid.selectOption(grids.second)
    await confirm('许国平')
    const { rows } = await pool.query(`select i.grid_id, r.partner_unit_id, f.made from app.report_form f
      join app.responder r on r.id = f.responder_id join app.report_in i on i.responder_id = r.id`)
    expect(rows).toEqual([{ grid_id: grids.second, partner_unit_id: units.school, made: 'yes' }])
  })

  it('reads it on the receipt, sets a password by it, and is in the app', async () => {
    await cadre.getByRole('link', { name: '看回执' }).click()
    await cadre.getByText('社区已确认', { exact: true }).waitFor(SOON)
    await cadre.locator('#main').getByText('第二网格 · 梧桐苑 1栋').waitFor()
    receipt = cadre.url()
    await expectSoundInBothSizes(cadre)
    await picture(cadre, '13-receipt-phone')
    await joinByReceipt(cadre)
    await cadre.getByText('甲社区').first().waitFor()
  })

  it('opens the receipt by its own link only, and it makes one login', async () => {
    const other = await (await profile(app.browser, wire.url, PHONE)).newPage()
    await other.goto('/receipt#nosuchreceiptnosuchreceipt')
    await other.getByText('这张回执已不在').waitFor()
    await other.goto(receipt)
    await other.getByText('社区已确认', { exact: true }).waitFor(SOON)
    expect(await other.getByRole('button', { name: '设密码，开始用' }).count()).toBe(0)
    await other.context().close()
  })
})

describe('a courier', () => {
  let courier: Page
  let shown = ''

  it('reports in by the code on the wall: trade and rest hours, and no gate', async () => {
    courier = await (await profile(app.browser, app.backend.url, PHONE)).newPage()
    await courier.goto(`/report?code=${wallCode}`)
    await courier.getByText(/^您扫的是颐和党群服务中心墙上的码/).waitFor()
    await question(courier, '您做哪一行，什么时候歇班？')
    await choose(courier, 'radio', '骑手')
    await courier.getByLabel('从', { exact: true }).fill('14:00')
    await courier.getByLabel('到', { exact: true }).fill('16:30')
    await expectSoundInBothSizes(courier)
    await picture(courier, '14-courier-phone')
    await next(courier)
    await question(courier, '方便做些什么？')
    expect(await courier.getByText('门岗值守').count()).toBe(0)
    await choose(courier, 'checkbox', '带路')
    await expectSoundInBothSizes(courier)
    await next(courier)
    await sayWho(courier, '田小满', '19900008002')
    expect(await courier.getByRole('switch', { name: /^把姓名告诉社区/ }).isChecked()).toBe(false)
    await expectSoundInBothSizes(courier)
    await courier.getByRole('button', { name: '报到，告诉甲社区' }).click()
    const number = await courier.getByText(/^回执号 BD-\d{4}-\d{4}$/).innerText()
    shown = `骑手 ${number.slice(-4)}`
  })

  it('is shown to the community as trade and number, before the yes and after it', async () => {
    await desk.goto('/reports')
    const line = lineOf(shown)
    await line.getByText(/歇班 14:00–16:30 · 不排守岗/).waitFor(SOON)
    await confirm(shown)
    await desk.goto('/people')
    await desk.getByText(shown).first().waitFor(SOON)
    expect(await desk.getByText('田小满').count()).toBe(0)
    const { rows } = await pool.query(`select e.scope from sync.entry e where e.data::text like '%田小满%'
      and e.scope not like 'user:%'`)
    expect(rows).toEqual([])
  })

  it('gives the name from an account, and takes it back; the community reads what is given', async () => {
    await courier.getByRole('link', { name: '看回执' }).click()
    await joinByReceipt(courier)
    await courier.goto('/me')
    const name = courier.getByRole('switch', { name: /^把姓名告诉社区/ })
    await name.click()
    await desk.getByText('田小满').first().waitFor(SOON)
    expect(await desk.getByText(shown).count()).toBe(0)
    await name.click()
    await desk.getByText(shown).first().waitFor(SOON)
    expect(await desk.getByText('田小满').count()).toBe(0)
  })
})

describe('a liaison', () => {
  const LIST = ['姓名,手机,楼栋', ...Array.from({ length: 40 }, (_, i) =>
    `${'赵钱孙李周吴郑王冯陈'[i % 10]}${'一二三四'[Math.floor(i / 10)]},1990000${7000 + i},梧桐苑2栋`)].join('\n')
  const COUNTS = (people: number, shared: number): string => `${people} 人在社区服务，其中 ${shared} 人同意告诉单位。`

  it('is invited by the coordinator, and enters for the first time on a phone', async () => {
    await desk.goto(`/units/${units.school}`)
    await desk.getByRole('button', { name: '请一位联络人' }).click()
    await desk.getByRole('dialog').getByLabel('姓名').fill('高卫东')
    await desk.getByRole('dialog').getByRole('button', { name: '生成邀请' }).click()
    const text = await desk.getByText(/\/i#/).first().textContent() ?? ''
    await desk.getByRole('button', { name: /已交给本人/ }).click()
    await desk.getByRole('button', { name: '关闭', exact: true }).last().click()
    const phone = await (await profile(app.browser, app.backend.url, PHONE)).newPage()
    await phone.goto(text.slice(text.indexOf('/i#')).trim())
    await phone.getByText('示例中学 · 单位联络人').waitFor()
    await phone.getByLabel('登录名').fill('高老师')
    await phone.getByLabel('设一个密码').fill(PASSWORD)
    await phone.getByLabel('再输一次').fill(PASSWORD)
    await phone.getByRole('button', { name: '设好密码，进入' }).click()
    await phone.waitForURL(/\/unit$/, SOON)
    // the cadre works there, and let it know
    await phone.getByText(COUNTS(1, 1)).waitFor(SOON)
    await phone.getByRole('heading', { name: '许国平' }).waitFor()
    await expectSoundInBothSizes(phone)
    await phone.context().close()
  })

  it('signs in on a desktop and brings forty people from a sheet', async () => {
    liaison = await (await profile(app.browser, app.backend.url, DESKTOP)).newPage()
    await liaison.goto('/sign-in')
    await liaison.getByLabel('手机号或登录名').fill('高老师')
    await liaison.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await liaison.getByRole('button', { name: '登录', exact: true }).click()
    await liaison.waitForURL(/\/unit$/, SOON)
    await liaison.getByRole('link', { name: '报人', exact: true }).click()
    await liaison.locator('input[type=file]').setInputFiles({
      name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST),
    })
    await liaison.getByRole('heading', { name: '要报的 40 人' }).waitFor()
    await expectSound(liaison)
    await liaison.getByRole('button', { name: '把 40 人报给甲社区' }).click()
    await liaison.getByText('已把 40 人报给甲社区，等社区确认。').waitFor(SOON)
    await liaison.getByRole('link', { name: '回本单位' }).click()
    await liaison.getByText('40 件报到等社区确认，三天内答复。').waitFor(SOON)
  })

  it('whose list the coordinator confirms in one go', async () => {
    await desk.goto('/reports')
    await desk.getByRole('button', { name: '选中没有疑问的 40 件' }).click(SOON)
    await desk.getByRole('button', { name: '确认勾选的 40 件，发回执' }).click()
    const confirmed = `select from app.report_form where state = 'confirmed' and partner_unit_id = $1`
    await expect.poll(async () => (await pool.query(confirmed, [units.school])).rowCount, SOON).toBe(40)
  })

  it('sees how many came, and of the people those who agreed', async () => {
    await liaison.getByText(COUNTS(41, 1)).waitFor(SOON)
    expect(await liaison.getByText('赵一').count()).toBe(0)
    await pictures(liaison, '15-unit')
    const { rows } = await pool.query<{ tbl: string, said: string }>(
      `select e.tbl, e.data::text as said from app.login l
      cross join lateral private.scopes_of(l.id, now()) s
      join sync.entry e on e.scope = s.scope and e.op = 'P' where l.sign_in_name = '高老师'`,
    )
    const known = ['me', 'my_notice', 'unit_arrival', 'unit_desk', 'unit_person', 'verdict']
    expect(rows.map(row => row.tbl).filter(table => !known.includes(table))).toEqual([])
    const said = rows.map(row => row.said).join('\n')
    expect(said).toContain('许国平')
    expect(said).not.toMatch(/赵一|王建国|1990000\d{4}|梧桐苑/)
  })

  it('sees nobody any more who takes the word back', async () => {
    await cadre.goto('/me')
    await cadre.getByRole('switch', { name: /^告诉单位到岗情况/ }).click()
    await liaison.getByText(COUNTS(41, 0)).waitFor(SOON)
    await liaison.getByRole('heading', { name: '许国平' }).waitFor({ state: 'detached', ...SOON })
  })

  it('is let go, and sees nothing of the unit', async () => {
    await desk.goto(`/units/${units.school}`)
    await desk.getByRole('button', { name: /^结束\s*高卫东$/ }).click()
    await desk.getByRole('alertdialog').getByRole('button', { name: '确定', exact: true }).click()
    const grants = 'select from app.role_grant where partner_unit_id = $1'
    await expect.poll(async () => (await pool.query(grants, [units.school])).rowCount, SOON).toBe(0)
    await liaison.getByText(/这个账号不属于任何社区/).first().waitFor(SOON)
    await liaison.getByText('示例中学').first().waitFor({ state: 'detached', ...SOON })
  })
})
