import type pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeCast, openPool, PASSWORD } from './cast.ts'
import { DESKTOP, profile, startApp } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'
import { paperOf } from './paper.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let page: Page
const SOON = { timeout: 30_000 }

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  page = await (await profile(app.browser, app.backend.url, DESKTOP)).newPage()
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

/** Whether the focus is on this control, or on the one of its radio group that Tab stops at. */
async function isOn(control: Locator): Promise<boolean> {
  return control.evaluate((element) => {
    const on = document.activeElement
    const name = element.getAttribute('name')
    return element === on || (name !== null && on?.getAttribute('type') === 'radio' && on.getAttribute('name') === name)
  })
}

/** Moves the focus by Tab alone until it is on this control, and sees that the eye finds it there. */
async function reach(control: Locator): Promise<void> {
  await control.waitFor({ state: 'attached' })
  for (let tabs = 0; tabs < 150; tabs++) {
    if (await isOn(control)) {
      const shown = await page.evaluate(() => {
        const on = document.activeElement!
        const marks = [on, on.closest('label'), on.nextElementSibling].filter(e => e !== null)
        return marks.some(e => getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none')
      })
      expect(shown, `the focus on ${String(control)} is seen`).toBe(true)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to ${String(control)}`)
}
async function press(control: Locator, key = 'Enter'): Promise<void> {
  await reach(control)
  await page.keyboard.press(key)
}
async function fill(field: Locator, text: string): Promise<void> {
  await reach(field)
  await page.keyboard.type(text)
}

it('signs in', async () => {
  await page.goto('/sign-in')
  await fill(page.getByLabel('手机号或登录名'), cast.coordinator.signIn)
  await fill(page.getByLabel('密码', { exact: true }), PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText(/已同步/).first().waitFor()
})

it('drafts a week and puts somebody on a shift', async () => {
  await press(page.getByRole('link', { name: '值班表' }))
  // the shifts of this week may be over
  await press(page.getByRole('button', { name: '下一周' }))
  await press(page.getByRole('button', { name: '按规律填充' }).first())
  const form = page.getByRole('dialog')
  await press(form.getByRole('checkbox', { name: /^全选/ }), 'Space')
  await press(form.getByRole('button', { name: /^建 \d+ 个班次/ }))
  await form.waitFor({ state: 'detached' })
  await page.getByText(/^已建 \d+ 个班次/).waitFor()
  await reach(page.locator('[role=gridcell][tabindex="0"]'))
  await page.keyboard.press('Enter')
  await expect.poll(async () => isOn(page.getByRole('combobox', { name: /^找人/ }))).toBe(true)
  await page.keyboard.type('王建国')
  await page.getByRole('option', { name: /王建国/ }).waitFor()
  // their month, without leaving the field
  await page.keyboard.press('ArrowRight')
  await page.getByRole('region', { name: /^王建国 · \d+年\d+月/ }).getByText('前后一个月没有').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('region', { name: /^王建国 · / }).waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.getByText('已排入 王建国').waitFor()
})

it('takes the last step back after a reload, and makes it again', async () => {
  const planned = async (): Promise<number> =>
    Number((await pool.query(`select count(*)::int as n from app.draft_assignment`)).rows[0].n)
  await expect.poll(planned, SOON).toBe(1)
  await page.reload()
  const cell = page.locator('[role=gridcell][tabindex="0"]')
  await reach(cell)
  await page.keyboard.press('Control+z')
  await expect.poll(planned, SOON).toBe(0)
  await page.reload()
  await reach(cell)
  await page.keyboard.press('Control+y')
  await expect.poll(planned, SOON).toBe(1)
})

/** Walks the matrix row by row until a cell has these words. */
async function findCell(words: RegExp): Promise<void> {
  const cell = page.locator('[role=gridcell][tabindex="0"]')
  await reach(cell)
  await page.keyboard.press('Control+Home')
  for (let steps = 0; steps < 100; steps++) {
    if (words.test(await cell.innerText())) return
    const column = await cell.getAttribute('aria-colindex')
    await page.keyboard.press('ArrowRight')
    if (await cell.getAttribute('aria-colindex') !== column) continue
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no cell has ${String(words)}`)
}

/** Opens 自动排班, lets it fill the drafts and answers how many turns it offers. */
async function solve(): Promise<number> {
  await press(page.getByRole('button', { name: '自动排班' }))
  await press(page.getByRole('button', { name: '开始排班' }))
  const take = page.getByRole('button', { name: /^采用，排入 \d+ 人次/ })
  await take.waitFor({ timeout: 90_000 })
  return Number(/\d+/.exec(await take.textContent() ?? '')![0])
}

it('fills the drafts by itself, with reasons, and takes it back as one step; without a network as well', async () => {
  const planned = async (): Promise<number> =>
    Number((await pool.query(`select count(*)::int as n from app.draft_assignment`)).rows[0].n)
  await expect.poll(planned, SOON).toBe(1)
  const turns = await solve()
  expect(turns).toBeGreaterThan(3)
  await press(page.getByText('每个人选的理由'))
  await page.getByRole('dialog').getByText(/最少|最久|最均衡|只有这一位|还没有值过/).first().waitFor()
  await press(page.getByRole('button', { name: /^采用/ }))
  await page.getByText(`已排入 ${turns} 人`).waitFor(SOON)
  await expect.poll(planned, SOON).toBe(1 + turns)
  await press(page.getByRole('button', { name: '撤销', exact: true }).first())
  await expect.poll(planned, SOON).toBe(1)
  await page.context().setOffline(true)
  expect(await solve()).toBe(turns)
  await press(page.getByRole('button', { name: '不采用' }))
  await page.context().setOffline(false)
}, 240_000)

it('keeps what stands, and fills only what was emptied', async () => {
  const planned = async (): Promise<string[]> => {
    const seats = `select shift_id || ' ' || responder_id as seat from app.draft_assignment order by 1`
    return (await pool.query<{ seat: string }>(seats)).rows.map(row => row.seat)
  }
  const turns = await solve()
  await press(page.getByRole('button', { name: /^采用/ }))
  await expect.poll(async () => (await planned()).length, SOON).toBe(1 + turns)
  await findCell(/^(?!.*王建国)\p{Script=Han}{2,3}/u)
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Delete')
  await expect.poll(async () => (await planned()).length, SOON).toBeLessThan(1 + turns)
  const pinned = await planned()
  const again = await solve()
  expect(again).toBe(1 + turns - pinned.length)
  await press(page.getByRole('button', { name: /^采用/ }))
  await expect.poll(async () => (await planned()).length, SOON).toBe(1 + turns)
  expect(await planned()).toEqual(expect.arrayContaining(pinned))
  for (let step = 0; step < 3; step++) await press(page.getByRole('button', { name: '撤销', exact: true }).first())
  await expect.poll(async () => (await planned()).length, SOON).toBe(1)
})

it('publishes the week', async () => {
  await press(page.getByRole('button', { name: /^发布，将通知 1 人/ }))
  const seats = `select a.state::text from app.assignment a join app.shift s on s.id = a.shift_id
    where s.state <> 'draft'`
  await expect.poll(async () => (await pool.query(seats)).rows, SOON).toEqual([{ state: 'assigned' }])
})

it('takes somebody off the published week, sees what was and will be, and prints it', async () => {
  await findCell(/王建国/)
  await page.keyboard.press('Delete')
  const sheet = page.getByRole('alertdialog')
  await sheet.getByText('王建国').first().waitFor()
  expect(await sheet.locator('del').first().textContent()).toMatch(/\d\d:\d\d/)
  await press(sheet.getByRole('button', { name: /将通知 1 人/ }))
  const seats = 'select state::text from app.assignment'
  await expect.poll(async () => (await pool.query(seats)).rows, SOON).toEqual([{ state: 'released' }])
  await press(page.getByRole('link', { name: '打印', exact: true }))
  await page.evaluate(() => { window.print = () => document.body.setAttribute('data-printed', '') })
  await press(page.getByRole('button', { name: '打印', exact: true }))
  await page.locator('body[data-printed]').waitFor()
  const [paper] = await paperOf(page)
  expect([paper!.width, paper!.height, paper!.words]).toEqual([297, 210, expect.stringMatching(/值班表/)])
  await press(page.getByRole('button', { name: '返回' }))
})

it('drafts a month, goes to its last day and puts somebody there', async () => {
  await press(page.getByRole('radio', { name: '月', exact: true }), 'ArrowRight')
  await press(page.getByRole('button', { name: '下一月' }))
  await press(page.getByRole('button', { name: '按规律填充' }).first())
  const form = page.getByRole('dialog')
  await press(form.getByRole('checkbox', { name: /^全选/ }), 'Space')
  await press(form.getByRole('button', { name: /^建 \d+ 个班次/ }))
  await form.waitFor({ state: 'detached' })
  const grid = page.getByRole('grid')
  await grid.waitFor()
  const cell = page.locator('[role=gridcell][tabindex="0"]')
  await reach(cell)
  await page.keyboard.press('End')
  // post and shift stand in the first two columns; a day far to the right comes onto the page with the focus
  const columns = Number(await grid.getAttribute('aria-colcount'))
  expect(await cell.getAttribute('aria-colindex')).toBe(String(columns))
  expect(await cell.getAttribute('aria-label')).toMatch(new RegExp(`^${columns - 2}日 `))
  await page.keyboard.press('Enter')
  await expect.poll(async () => isOn(page.getByRole('combobox', { name: /^找人/ }))).toBe(true)
  await page.keyboard.type('王建国')
  await page.getByRole('option', { name: /王建国/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('已排入 王建国').waitFor()
  const planned = `select count(*)::int as n, max(ends_on - starts_on) + 1 as days
    from app.draft_assignment d join app.shift s on s.id = d.shift_id join app.roster r on r.id = s.roster_id
    where (s.starts_at at time zone interval '+08:00')::date = r.ends_on`
  await expect.poll(async () => (await pool.query(planned)).rows, SOON).toEqual([{ n: 1, days: columns - 2 }])
})

/** Lets a search go on for ever: its worker is heard, but for its answer. */
async function holdAnswers(): Promise<void> {
  await page.evaluate(() => {
    const Real = globalThis.Worker
    globalThis.Worker = class extends Real {
      override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
        super.addEventListener(type, (event) => {
          if ((event as MessageEvent<{ kind: string } | undefined>).data?.kind === 'answer') return
          if (typeof listener === 'function') listener.call(this, event)
          else listener.handleEvent(event)
        })
      }
    }
  })
}

it('stops a month with what there is, asks which rules keep places empty, and stops that', async () => {
  await holdAnswers()
  await press(page.getByRole('button', { name: '自动排班' }))
  await press(page.getByRole('button', { name: '开始排班' }))
  const sheet = page.getByRole('dialog')
  await sheet.getByText(/已排 [1-9]\d*\/\d+/).waitFor(SOON)
  await press(sheet.getByRole('button', { name: '停止，用现在的结果' }))
  await sheet.getByRole('button', { name: /^采用，排入 [1-9]\d* 人次/ }).waitFor(SOON)
  await sheet.getByRole('heading', { name: /^\d+ 个空位没有人$/ }).waitFor()
  await press(sheet.getByRole('button', { name: '看哪条规则让这些空位没有人' }))
  await sheet.getByText('正在逐条放宽重排（0/7）').waitFor()
  await press(sheet.getByRole('button', { name: '停止，看已有的结果' }))
  await sheet.getByText('停下之前看了 0/7 条', { exact: false }).waitFor()
  await press(sheet.getByRole('button', { name: '不采用' }))
  await page.reload()
})

it('raises a call-out and comes to the board', async () => {
  await press(page.getByRole('link', { name: /召集/ }).first())
  await fill(page.getByLabel('事由'), '寒潮')
  await fill(page.getByLabel('文件号'), '1号')
  await press(page.getByRole('button', { name: /梧桐苑/ }).first())
  await press(page.getByRole('checkbox', { name: '1栋' }), 'Space')
  await press(page.getByRole('button', { name: /^发布，将通知 \d+ 人/ }))
  await page.waitForURL(/\/board/)
  const open = `select title from app.callout where state = 'open'`
  await expect.poll(async () => (await pool.query(open)).rows, SOON).toEqual([{ title: '寒潮' }])
})
