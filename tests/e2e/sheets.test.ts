import type { Page } from 'playwright-core'
import type { DemoReport } from '../../supabase/local/demo/tools.ts'
import type { App } from './harness.ts'
import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readImport } from '../../src/io/readImport.ts'
import { readDemo } from '../../supabase/local/first-start.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { findings, shape } from './looks.ts'

let app: App
let demo: DemoReport
beforeAll(async () => {
  app = await startApp({ demo: 'yes' })
  demo = (await readDemo(app.backend.db))!
})
afterAll(async () => { await app.close() })

const LIST = [
  '鼓楼区下沉干部花名册,,,,',
  '姓名,手机,住址,单位,会什么',
  '王甲,19900077001,梧桐苑6-1-402,住建局,水电',
  '王乙,1990007,梧桐苑6栋,,',
  '王丙,19900077003,某小区,#N/A,',
  '合计,3,,,',
].join('\n')
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

/** The import page of the coordinator, set to people. */
async function open(device: typeof PHONE): Promise<Page> {
  const context = await profile(app.browser, app.backend.url, device)
  const page = await context.newPage()
  await page.goto('/sign-in')
  const person = demo.sign_ins.find(s => s.name === 'coordinator')!
  await page.getByLabel('手机号或登录名').fill(person.name)
  await page.getByLabel('密码', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText(/已同步/).first().waitFor()
  await page.goto('/import')
  await page.getByRole('radio', { name: '人员' }).check()
  return page
}
const choose = (page: Page, ...what: ReturnType<typeof file>[]): Promise<void> =>
  page.locator('input[type=file]').setInputFiles(what)

describe('a list as people keep it', () => {
  it('says what it was read as, is mapped by keyboard, and gives back the rows to mend', async () => {
    const page = await open(DESKTOP)
    await choose(page, file('名单.csv', LIST))
    await page.getByText('预览 · 2 行可导入，1 行有错').waitFor()
    await page.getByText('按标题“鼓楼区下沉干部花名册”填：下沉干部').waitFor()
    await page.getByText('“某小区”看不出是哪一栋').waitFor()
    await page.getByText('梧桐苑6-1-402 → 6栋').waitFor()
    await page.getByRole('heading', { name: '没认出的 1 列：放到哪里' }).waitFor()
    await page.getByText('这些行不会导入').waitFor()
    await page.getByText('列的对应').focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('“技能”取自').focus()
    // the fifth column of the file
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('ArrowDown')
      await page.waitForTimeout(150)
    }
    await page.getByRole('cell', { name: '水电' }).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载出错的行').click()])
    const mended = await readImport(new Uint8Array(await readFile(await download.path())), 'responder')
    expect(mended.failed.map(f => f.cells)).toMatchObject([{ name: '王乙', phone: '1990007', building: '梧桐苑6栋' }])
    await page.getByRole('button', { name: '再导入一个文件' }).click()
    await choose(page, file('名单2.csv', LIST.replaceAll('1990007700', '1990007800')))
    await page.getByText('已按上次的对应读这种表').waitFor()
    await page.getByRole('cell', { name: '水电' }).waitFor()
    await page.getByRole('button', { name: '不用上次的对应' }).click()
    // from the side of the column nobody knows, and back
    const unknown = page.getByRole('region', { name: '没认出的 1 列' }).getByLabel('列“会什么”')
    await unknown.selectOption('技能')
    await page.getByRole('cell', { name: '水电' }).waitFor()
    await unknown.selectOption('党组织')
    await page.getByRole('columnheader', { name: '党组织' }).waitFor()
    expect(await page.getByRole('columnheader', { name: '技能' }).count()).toBe(0)
    await unknown.selectOption('不导入')
    await page.getByRole('columnheader', { name: '党组织' }).waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('looks right on a phone, and says beforehand that a demonstration takes no real list', async () => {
    const page = await open(PHONE)
    await choose(page, file('名单.csv', LIST))
    await page.getByText('预览 · 2 行可导入，1 行有错').waitFor()
    await page.getByRole('alert').getByText('这是演示数据，不能放真实数据').waitFor()
    await page.getByText('列的对应').click()
    expect(await findings(page)).toEqual([])
    expect(await shape(page)).toEqual({ h1: 1, sideways: 0, small: [] })
    await page.context().close()
  })

  it('reads 10,000 rows without freezing the page', async () => {
    const page = await open(DESKTOP)
    const rows = Array.from({ length: 10_000 }, (_, i) => `王某,199${String(i).padStart(8, '0')},志愿者,梧桐苑,${i % 20 + 1}栋`)
    // a timer that the page may not hold up
    await page.evaluate(() => {
      const pauses: number[] = [0]
      let last = performance.now()
      setInterval(() => {
        pauses.push(performance.now() - last)
        last = performance.now()
      }, 20)
      Object.assign(globalThis, { longestPause: () => Math.max(...pauses) })
    })
    await choose(page, file('大.csv', ['姓名,手机,身份,小区,楼栋', ...rows].join('\n')))
    await page.getByText('预览 · 10000 行可导入').waitFor({ timeout: 60_000 })
    const pause = await page.evaluate(() => (globalThis as unknown as { longestPause: () => number }).longestPause())
    expect(pause).toBeLessThan(2000)
    await page.context().close()
  })
})
