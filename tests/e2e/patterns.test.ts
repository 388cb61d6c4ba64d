import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { writeXlsx } from 'hucre'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { shiftCodes } from '#domain/shiftCode.ts'
import { DAY, dayKey, shanghai, startOfWeek } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { grant } from '../db/world.ts'
import { actor, makeCast, openPool, publishableKey, signIn } from './cast.ts'
import { DESKTOP, PHONE, profile, startApp } from './harness.ts'
import { expectSound } from './looks.ts'
import { picturesOnFailure } from './onFailure.ts'

/**
 * Holidays by an admin, and what a coordinator makes of the calendar and of lists kept elsewhere: duty that repeats,
 * units, weather, sign-up lists, spreadsheets; and how ready the community is.
 */
let app: App
let pool: pg.Pool
let cast: Cast
let desk: Page
const SOON = { timeout: 60_000, interval: 200 }
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const NEXT_YEAR = shanghai(clock.now()).year + 1
/** the Monday after next, so that no shift of the week is over */
const WEEK = startOfWeek(clock.now()) + 14 * DAY

beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  const unit = randomUUID()
  await pool.query(`insert into app.partner_unit (id, name, org_unit_id) values ($1, '区税务局', $2)`, [
    unit, cast.world.community,
  ])
  await pool.query(`update app.responder set partner_unit_id = $1, night = 'yes' where id = any ($2)`, [
    unit, [cast.first.responder, cast.second.responder],
  ])
  // whatever year it is, the next one has no holidays yet
  await pool.query(`delete from app.holiday where year = $1`, [NEXT_YEAR])
  desk = await signIn(await profile(app.browser, app.backend.url, DESKTOP), cast.coordinator)
})
beforeEach(() => picturesOnFailure(() => app.browser))
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

const drafts = async (): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from app.shift where state = 'draft'`)
  return rows[0]!.n
}

it('an admin pastes the notice of holidays, and every roster has it', async () => {
  await desk.goto(`/roster?view=month&week=${NEXT_YEAR}-01-15`)
  const unknown = desk.getByText(`${NEXT_YEAR} 年的节假日还没有录入，只标周末`)
  await unknown.waitFor()
  const key = await publishableKey(app.backend.url)
  const admin = await actor(pool, app.backend.url, key, cast.world.other, 'guanli', '周管理', null)
  await grant(pool, admin.login, cast.world.street, 'admin')
  const page = await signIn(await profile(app.browser, app.backend.url, PHONE), admin)
  await page.goto('/admin')
  await page.getByRole('link', { name: '节假日' }).click()
  await page.getByRole('textbox', { name: '粘贴放假通知' }).fill(`关于${NEXT_YEAR}年部分节假日安排的通知
一、元旦：1月1日至3日放假调休，共3天。1月8日上班。
二、春节：2月30日至3月2日放假调休，共9天。`)
  await page.getByRole('button', { name: '读取' }).click()
  await page.getByText('春节：通知说共 9 天').waitFor()
  const list = page.getByRole('list', { name: `${NEXT_YEAR} 年的节假日` })
  await list.getByRole('listitem').filter({ hasText: '共 3 天' }).waitFor()
  await page.getByRole('button', { name: /^删除春节/ }).click()
  await expectSound(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存，各社区下次同步时更新。').waitFor()
  const { rows } = await pool.query<{ d: string }>(
    `select to_char(day, 'MMDD') || ' ' || kind as d from app.holiday where year = $1 order by day`, [NEXT_YEAR],
  )
  expect(rows.map(r => r.d)).toEqual(['0101 rest', '0102 rest', '0103 rest', '0108 work'])
  await desk.reload()
  await unknown.waitFor({ state: 'detached' })
})

it('says before any alarm how ready the community is', async () => {
  await desk.goto('/board')
  const card = desk.getByRole('region', { name: '应急准备' })
  await card.getByText('1 个小区不够').first().waitFor()
  await card.getByText('各小区').first().click()
  await card.getByText('2 栋需 4 人，本小区可召集 2 人').first().waitFor()
  await card.getByText('各楼（单独召集）').first().click()
  await card.getByText(/需 2 人，本楼可召集 \d 人/).first().waitFor()
  await pool.query(`update app.responder set skills = '{急救}' where id = $1`, [cast.first.responder])
  await desk.reload()
  await card.getByLabel('只算会这项的人').selectOption('急救')
  await card.getByText('可召集 1 人').first().waitFor()
  await card.getByText(/没有这项技能 \d 人/).first().waitFor()
  await expectSound(desk)
})

it('keeps a pattern as duty that repeats, and makes a week of it', async () => {
  await desk.goto(`/roster?week=${dayKey(WEEK)}`)
  await desk.getByRole('button', { name: '按规律填充' }).first().click()
  const form = desk.getByRole('dialog')
  await form.getByRole('checkbox', { name: /^全选/ }).check()
  await form.getByText('存为固定排班').first().click()
  await form.getByRole('radio', { name: '每天' }).check()
  await form.getByRole('button', { name: '存为固定排班' }).click()
  await desk.getByText('已存为固定排班').waitFor()
  await desk.keyboard.press('Escape')
  await desk.getByRole('button', { name: /^固定排班 · 28 处不符/ }).click()
  await desk.getByText('要补 28 个班次，撤 0 个不再对应的草稿。').waitFor()
  await expectSound(desk)
  await desk.getByRole('button', { name: '更新草稿' }).click()
  await desk.getByRole('button', { name: /^固定排班 · 0 处不符/ }).waitFor()
  await expect.poll(drafts, SOON).toBe(28)
})

it('puts a unit on a night, and says who does not fit', async () => {
  await desk.getByRole('button', { name: '按单位排' }).click()
  const sheet = desk.getByRole('dialog')
  await sheet.getByRole('checkbox', { name: /区税务局/ }).check()
  await sheet.getByText('排入 2 人次，还空 0 个名额。').waitFor()
  await expectSound(desk)
  await sheet.getByRole('button', { name: '排入 2 人次' }).click()
  await desk.getByText('已排入 2 人').waitFor()
  const planned = `select count(*)::int as n from app.draft_assignment`
  await expect.poll(async () => (await pool.query(planned)).rows, SOON).toEqual([{ n: 2 }])
})

it('shortens a cold day out of doors, and takes it back', async () => {
  await desk.getByRole('button', { name: '天气' }).click()
  const sheet = desk.getByRole('dialog')
  await sheet.getByText('室外每班不超过 3 小时。').waitFor()
  await sheet.getByText(/^草稿：缩短 3 班，停 0 班。/).waitFor()
  await expectSound(desk)
  await sheet.getByRole('button', { name: '按天气调整' }).click()
  await desk.getByText('已调整 3 班').waitFor()
  await expect.poll(drafts, SOON).toBe(31)
  await desk.getByRole('button', { name: '撤销' }).first().click()
  await expect.poll(drafts, SOON).toBe(28)
})

it('takes a sign-up list of the group chat, in its order', async () => {
  const drafted = `select id from app.shift where state = 'draft' order by starts_at`
  const ids = (await pool.query<{ id: string }>(drafted)).rows.map(r => r.id)
  const shift = ids[8]!
  const code = shiftCodes(ids).get(shift)!
  await desk.getByRole('button', { name: '接龙' }).click()
  const sheet = desk.getByRole('dialog')
  await sheet.getByRole('textbox', { name: '群里的接龙' }).fill(
    `#接龙\n1. 王建国 ${code}\n2. 孙悟空 ${code}\n3. 李老师 ${code}\n4. 王建国 ${code} 取消`,
  )
  await sheet.getByRole('button', { name: '读取' }).click()
  await sheet.getByText('读到 3 条，1 条还要选。').waitFor()
  await sheet.getByText('名单里没有“孙悟空”').waitFor()
  await expectSound(desk)
  await sheet.getByRole('checkbox', { name: /孙悟空/ }).uncheck()
  await sheet.getByRole('button', { name: '排入 2 人次' }).click()
  await desk.getByText('已排入 2 人').waitFor()
  const planned = `select count(*)::int as n from app.draft_assignment where shift_id = $1`
  await expect.poll(async () => (await pool.query(planned, [shift])).rows, SOON).toEqual([{ n: 2 }])
})

it('brings in a roster that was kept in a spreadsheet, and says what does not fit', async () => {
  const days = [3, 4, 5].map(n => dayKey(WEEK + n * DAY))
  const cellOf = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
  const rows = [
    ['值班表'], ['岗位', '时段', ...days.map(cellOf)], ['1栋 单元门岗', '8:00-14:00', '王建国', '李素芬', '孙悟空'],
    ['东门', '8:00-14:00', '', '', '王建国'],
  ]
  const buffer = Buffer.from(await writeXlsx({ sheets: [{ name: '排班', rows }] }))
  await desk.getByRole('button', { name: '导入表格' }).click()
  const sheet = desk.getByRole('dialog')
  await sheet.locator('input[type=file]').setInputFiles({ name: '值班表.xlsx', mimeType: XLSX, buffer })
  await sheet.getByText('建 0 个班次，排入 2 人次。').waitFor()
  await sheet.getByText('排班 第 3 行：名单里没有“孙悟空”').waitFor()
  await sheet.getByText('排班 第 4 行：“东门”对不上岗位，请在上面选').waitFor()
  await expectSound(desk)
  await sheet.getByLabel('“东门”是').selectOption({ index: 1 })
  await sheet.getByText('建 0 个班次，排入 3 人次。').waitFor()
  await sheet.getByRole('button', { name: '导入', exact: true }).click()
  await desk.getByText('已排入 3 人').waitFor()
  const planned = `select count(*)::int as n from app.draft_assignment d join app.shift s on s.id = d.shift_id
    where s.starts_at >= $1`
  await expect.poll(async () => (await pool.query(planned, [new Date(WEEK + 3 * DAY)])).rows, SOON).toEqual([{ n: 3 }])
})
