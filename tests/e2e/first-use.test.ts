import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { TempBackend } from './harness.ts'
import { Buffer } from 'node:buffer'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { writeXlsx } from 'hucre'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { picturesOnFailure } from './onFailure.ts'

const PASSWORD = 'correct horse battery'
let backend: TempBackend
let browser: Browser
let close: () => Promise<void>
let files: string
let admin: Page
let desk: Page
let deskContext: BrowserContext
let setupLink = ''

beforeAll(async () => {
  files = mkdtempSync(path.join(os.tmpdir(), 'redwhistle-files-'))
  ;({ backend, browser, close } = await startApp({
    log: (line) => {
      setupLink ||= /\/setup#\S+/.exec(line)?.[0] ?? ''
    },
  }))
})
beforeEach(() => picturesOnFailure(() => browser))
afterAll(async () => {
  await close?.()
  rmSync(files, { recursive: true, force: true })
})

async function choose(page: Page, kind: string, file: string): Promise<void> {
  await page.goto(`/import?kind=${kind}`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click()
}

/** The path of a link inside a text. */
function linkIn(text: string | null): string {
  return text?.slice(text.indexOf('/i#')).trim() ?? ''
}

/** Redeems a link as a person does: opens it, sets a name where asked, sets a password twice. */
async function redeem(page: Page, link: string, name: string | null): Promise<void> {
  await page.goto(link)
  const again = page.getByLabel('再输一次')
  await again.waitFor()
  if (name) await page.getByLabel('登录名').fill(name)
  await page.getByLabel('设一个密码').fill(PASSWORD)
  await again.fill(PASSWORD)
  await page.getByRole('button', { name: /建立管理员|设好密码/ }).click()
}

it('makes the first admin from the printed link', async () => {
  expect(setupLink).toMatch(/^\/setup#/)
  admin = await (await profile(browser, backend.url, DESKTOP)).newPage()
  await redeem(admin, setupLink, '管理员甲')
  await admin.waitForURL(/\/setup\/steps/)
})

it('imports the official division list and invites the first coordinator of a real community', async () => {
  const lost = path.join(files, '区划.csv')
  writeFileSync(lost, '名称,代码\n幸福里社区,320106010001\n')
  await admin.goto('/import?kind=division')
  await admin.locator('input[type=file]').setInputFiles(lost)
  await admin.getByRole('cell', { name: '找不到上级' }).waitFor() // before the import
  await choose(admin, 'division', path.resolve('supabase/demo/nanjing-gulou-divisions.csv'))
  await admin.getByText(/导入完成：新增 138/).waitFor()
  await admin.goto('/setup/steps')
  for (const [label, option] of [[/市/, '南京市'], [/区/, '鼓楼区'], [/街道/, '宁海路街道'], [/社区/, /颐和路社区/]] as const) {
    const select = admin.getByRole('combobox', { name: label }).last()
    await select.waitFor()
    const value = await select.locator('option').filter({ hasText: option }).first().getAttribute('value')
    await select.selectOption(value!)
  }
  await admin.getByLabel('姓名').fill('陈立群')
  await admin.getByRole('button', { name: '生成邀请' }).click()
  const link = await admin.getByText(/\/i#/).first().textContent()
  deskContext = await profile(browser, backend.url, DESKTOP)
  desk = await deskContext.newPage()
  // the slip says where and as what, and a tap on Esc does not lose it
  await admin.getByText('社区书记', { exact: true }).first().waitFor()
  await admin.getByText(/只有这台电脑能打开，手机打不开/).waitFor()
  await admin.keyboard.press('Escape')
  await admin.getByText(/关闭这 1 张邀请单/).waitFor()
  await admin.getByRole('button', { name: '继续看' }).click()
  await admin.getByText(linkIn(link)).first().waitFor()
  await admin.getByRole('button', { name: /已交给本人/ }).click()
  await admin.getByRole('button', { name: '关闭', exact: true }).last().click()
  await admin.getByText('已发邀请，还没登录').waitFor()
  const appointed = admin.getByRole('listitem').filter({ hasText: '陈立群 · 社区书记' })
  await appointed.getByText(/已发邀请，.+前有效/).waitFor()
  // the page behind the link speaks to a secretary, not to somebody who takes shifts
  await desk.goto(linkIn(link))
  await desk.getByText(/进入后按单子做/).waitFor()
  await desk.getByText(/登录名在下面自己定/).waitFor()
  // another link opened over this page is read again
  await desk.evaluate(() => { location.hash = 'nosuchlinkatall' })
  await desk.getByText('这个邀请码不对').waitFor()
  await redeem(desk, linkIn(link), '陈书记')
  await desk.waitForURL(/\/setup\/steps/)
  await desk.getByText(/已同步/).first().waitFor()
  await desk.getByRole('link', { name: '导入楼栋' }).waitFor()
  // and the admin's list goes on where it was
  await admin.goto('/setup/steps')
  await admin.getByText('已有负责人登录。').waitFor()
  await appointed.getByText('已登录').waitFor()
})

it('imports buildings from Excel, posts and people from a GBK file, and reports faults row by row', async () => {
  const buildings = path.join(files, '楼栋.xlsx')
  const table = [
    ['颐和路社区楼栋一览表', null], ['小区名称', '楼号'], ['梧桐苑', '１栋'], ['梧桐苑', '2栋'], ['', '3栋'], ['合计', 3],
  ]
  writeFileSync(buildings, await writeXlsx({ sheets: [{ name: '楼栋', rows: table }] } as never))
  await choose(desk, 'building', buildings)
  await desk.getByText(/导入完成：新增 [23]/).waitFor()
  const posts = path.join(files, '岗位.csv')
  writeFileSync(
    posts,
    '\uFEFF小区,楼栋,岗位名称,类型,任务\r\n梧桐苑,1栋,单元门岗,单元门岗,送药代买、搬重物\r\n梧桐苑,,大门岗,大门岗,\r\n',
  )
  await choose(desk, 'post', posts)
  await desk.getByText(/导入完成：新增 2/).waitFor()
  const people = path.join(files, '人员.csv')
  const lines = [
    '姓名,手机,身份,小区,楼栋',
    '王建国,１９９００００１１１１,志愿者,梧桐苑,1栋',
    '李素芬,199-0000-2222,社区党员,梧桐苑,2栋',
    '赵无号,12,志愿者,梧桐苑,1栋',
    '钱远楼,199-0000-3333,志愿者,梧桐苑,99栋',
    '',
  ]
  writeFileSync(people, gbk(lines.join('\r\n')))
  await desk.goto('/import?kind=responder')
  await desk.locator('input[type=file]').setInputFiles(people)
  // the server has compared the rows with the buildings that are there, before anything goes in
  await desk.getByText('找不到这个楼栋，请先导入楼栋').waitFor()
  await desk.getByRole('heading', { name: '预览 · 2 行可导入，2 行有错' }).waitFor()
  await desk.getByText('手机号不对').first().waitFor()
  await desk.getByRole('button', { name: '导入 2 行' }).click()
  await desk.getByText('导入完成：新增 2，更新 0，没变 0，失败 2。').waitFor()
  await desk.getByRole('heading', { name: '导入结果 · 2 行已导入，2 行没有导入' }).waitFor()
})

/** A text as GBK bytes; the table comes from the platform's own decoder. */
function gbk(text: string): Buffer {
  const table = new Map<string, [number, number]>()
  const decoder = new TextDecoder('gb18030')
  for (let hi = 0x81; hi <= 0xFE; hi++) {
    for (let lo = 0x40; lo <= 0xFE; lo++) {
      if (lo !== 0x7F) table.set(decoder.decode(new Uint8Array([hi, lo])), [hi, lo])
    }
  }
  return Buffer.from([...text].flatMap(c => c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : [...table.get(c)!]))
}

it('invites a person, who sets a password and sees the community', async () => {
  await desk.goto('/people')
  await desk.getByText('王建国').first().waitFor()
  await desk.getByRole('button', { name: /选中还没有账号的/ }).click()
  await desk.getByRole('button', { name: /邀请所选 2 人/ }).click()
  const link = await desk.getByText(/\/i#/).first().textContent()
  const phone = await (await profile(browser, backend.url, PHONE)).newPage()
  await redeem(phone, linkIn(link), null)
  await phone.getByText('近期没有您的班').waitFor()
  await phone.getByText('颐和路社区').first().waitFor()
})

it('keeps the duty phone with its extension, and a resident dials it', async () => {
  await desk.goto('/setup/steps')
  await desk.getByRole('link', { name: '填值班电话' }).click()
  await desk.getByRole('button', { name: '填写' }).click()
  const number = desk.getByLabel('电话号码')
  await number.fill('025-8470 转')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.getByText('请填电话号码').waitFor()
  await number.fill('025-84701234 转 802')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.getByText('025-8470 1234 转 802').waitFor()
  await desk.getByRole('button', { name: '修改', exact: true }).click()
  await number.fill('110')
  await desk.getByRole('button', { name: '恢复原样' }).click()
  expect(await number.inputValue()).toBe('025-8470 1234 转 802')
  await desk.keyboard.press('Escape')
  await desk.goto('/doors/print')
  const address = await desk.getByText(/\/b\/\w+/).first().textContent()
  const resident = await (await profile(browser, backend.url, PHONE)).newPage()
  await resident.goto(/\/b\/\w+/.exec(address ?? '')![0])
  await resident.locator('a[href="tel:02584701234,802"]').waitFor()
  await resident.getByText('025-8470 1234 转 802').waitFor()
})

it('adds and mends a building, a post and a person without a sheet', async () => {
  await desk.goto('/places')
  await desk.getByRole('button', { name: /在梧桐苑添加楼栋/ }).click()
  await desk.getByLabel('名称').fill('06幢')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.getByText('梧桐苑 6栋').first().waitFor()
  await desk.getByRole('button', { name: /在梧桐苑添加岗位/ }).click()
  await desk.getByLabel('名称').fill('东门')
  await desk.getByRole('combobox', { name: '类型' }).selectOption('gate')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.getByRole('button', { name: /东门/ }).waitFor()
  await desk.goto('/people/new')
  await desk.getByLabel('姓名').fill('赵新来')
  await desk.getByLabel('手机').fill('199 0000 2222')
  await desk.getByRole('combobox', { name: '身份' }).selectOption('volunteer')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.getByText(/这个手机号已在本社区名单里：李素芬/).waitFor()
  await desk.getByLabel('手机').fill('199 0000 3333')
  await desk.getByRole('combobox', { name: '住址楼栋' }).selectOption({ label: '梧桐苑 6栋' })
  await desk.getByLabel('技能').fill('开锁')
  await desk.getByRole('button', { name: '保存' }).click()
  await desk.waitForURL(/\/people$/)
  await desk.getByText('赵新来').first().waitFor()
  await desk.getByText('按楼栋、单位、身份、技能找').click()
  await desk.getByRole('combobox', { name: '技能' }).selectOption('开锁')
  await desk.getByText('1 人', { exact: true }).waitFor()
  await desk.getByRole('button', { name: /赵新来/ }).last().click()
  await desk.getByText(/199\*+3333/).last().waitFor()
  await desk.getByRole('button', { name: '移出名单' }).click()
  await desk.getByRole('alertdialog').getByRole('button', { name: '移出名单' }).click()
  await desk.getByText('已移出：赵新来').waitFor()
})

it('a list with fewer columns changes nothing else, and taking it back restores what it changed', async () => {
  const few = path.join(files, '身份.csv')
  writeFileSync(few, '\uFEFF姓名,手机,身份\r\n李素芬,19900002222,志愿者\r\n')
  await choose(desk, 'responder', few)
  await desk.getByText(/导入完成：新增 0，更新 1/).waitFor()
  await desk.getByRole('button', { name: /撤销这次导入：身份/ }).click()
  await desk.getByRole('button', { name: '撤销导入' }).click()
  await desk.getByText(/已恢复原值/).waitFor()
  await desk.getByText(/人员 · .+ 1 条/).waitFor()
})

it('takes an import back, keeps what is in use, and says why', async () => {
  await desk.goto('/import?kind=responder')
  await desk.getByRole('button', { name: /撤销这次导入：人员/ }).click()
  await desk.getByRole('button', { name: '撤销导入' }).click()
  await desk.getByText(/已撤销：移除 1 条/).waitFor()
  await desk.getByText(/本人已有账号/).first().waitFor()
})
