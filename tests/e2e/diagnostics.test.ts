import type pg from 'pg'
import type { Page } from 'playwright-core'
import type { Cast } from './cast.ts'
import type { App } from './harness.ts'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCast, openPool, signIn } from './cast.ts'
import { PHONE, profile, startApp } from './harness.ts'
import { findings } from './looks.ts'

let app: App
let pool: pg.Pool
let cast: Cast
let page: Page
beforeAll(async () => {
  app = await startApp()
  pool = openPool(app.backend.dataDir)
  cast = await makeCast(pool, app.backend.url)
  page = await signIn(await profile(app.browser, app.backend.url, PHONE), cast.first)
})
afterAll(async () => {
  await pool?.end()
  await app?.close()
})

const minClient = (n: number): Promise<unknown> => pool.query('update sync.epoch set min_client = $1', [n])

it('shows a person the state of their copy, and saves it without personal data', async () => {
  await page.getByRole('link', { name: '我的', exact: true }).click()
  await page.getByRole('link', { name: /本机与同步/ }).click()
  await page.getByText('技术信息').click()
  await page.getByRole('heading', { name: '逐条对账' }).waitFor()
  await page.getByText(/可离线至/).waitFor()
  await page.getByText('每一部分都和服务器对得上。').waitFor()
  expect(await page.getByText('对得上', { exact: true }).count()).toBeGreaterThan(3)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /存成文件/ }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  for (const secret of [cast.first.name, cast.first.login, cast.first.responder, cast.first.signIn])
    expect(text).not.toContain(secret)
  expect(JSON.parse(text)).toMatchObject({
    state: 'synced',
    mismatches: 0,
    queue: [],
    scopes: expect.arrayContaining([expect.objectContaining({ scope: 'user:me', right: true })]),
  })
})

it('finds a missing row and fetches it again', async () => {
  await page.evaluate(async (login) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`redwhistle-${login}`)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('not opened'))
    })
    await new Promise((resolve) => {
      const tx = db.transaction('post', 'readwrite')
      tx.objectStore('post').clear()
      tx.oncomplete = resolve
    })
    db.close()
  }, cast.first.login)
  await page.getByRole('button', { name: '再对一遍' }).click()
  await page.getByText(/有 1 部分对不上/).waitFor()
  await page.getByRole('button', { name: '全部重新取一遍' }).click()
  await page.getByText('每一部分都和服务器对得上。').waitFor()
})

it('says what went wrong on this phone, when and where, without personal data', async () => {
  const secret = `${cast.first.name} 13812345678`
  // a network that wants a sign-in answers everything with its own page
  const wall = { status: 200, contentType: 'text/html', body: `<html>${secret}</html>` }
  await page.route('**/rpc/pull', route => route.fulfill(wall), { times: 1 })
  const portal = page.waitForResponse(answer => answer.url().endsWith('/rpc/pull'))
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await portal
  await page.evaluate((text) => { setTimeout(() => { throw new RangeError(text) }) }, secret)
  await page.evaluate((text) => { void Promise.reject(new TypeError(text)) }, secret)
  const log = page.getByRole('region', { name: '出错记录' })
  await expect.poll(async () => {
    await page.getByRole('button', { name: '再对一遍' }).click()
    return log.getByRole('listitem').count()
  }, { timeout: 20_000 }).toBe(3)
  const said = await log.textContent()
  const parts = ['服务器的答复读不懂', 'pull all · unreadable', '程序出错', 'diagnostics · RangeError', '后台任务出错']
  for (const part of [...parts, 'diagnostics · TypeError']) expect(said).toContain(part)
  expect(await findings(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /存成文件/ }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const { defects } = JSON.parse(text) as { defects: object[] }
  const when = { at: expect.any(Number), first_at: expect.any(Number), times: 1 }
  expect(defects).toContainEqual({ source: 'answer', place: 'pull all', code: 'unreadable', frames: [], ...when })
  for (const word of [cast.first.name, '13812345678', cast.first.login]) expect(text).not.toContain(word)
  await page.reload()
  await page.getByText('技术信息').click()
  await expect.poll(() => log.getByRole('listitem').count()).toBe(3)
  await page.getByText(/已同步/).first().waitFor()
})

it('asks for an update when the server no longer writes for this version; a tap still arrives', async () => {
  await page.getByRole('button', { name: '返回' }).click()
  await page.context().setOffline(true)
  await page.getByRole('switch', { name: /告诉单位到岗情况/ }).click()
  await page.getByText(/1 条待上传/).waitFor()
  await minClient(99)
  try {
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: '请更新红哨' }).waitFor()
    await page.getByText('您点过的都已送到服务器').waitFor()
    const { rows } = await pool.query(
      `select count(*)::int as n
      from app.consent
      where responder_id = $1 and purpose = 'unit_sharing' and withdrawn_at is null`,
      [cast.first.responder],
    )
    expect(rows).toEqual([{ n: 1 }])
    await page.getByRole('button', { name: '先看手机里已有的' }).click()
    await page.getByRole('heading', { name: '我的', level: 1 }).waitFor()
  }
  finally { await minClient(1) }
  await page.reload()
  await page.getByText(/已同步/).first().waitFor()
  expect(await page.getByRole('switch', { name: /告诉单位到岗情况/ }).isChecked()).toBe(true)
})

it('says that an old page holds the data, and goes on once it is closed', async () => {
  const context = await profile(app.browser, app.backend.url, PHONE)
  const old = await context.newPage()
  await old.goto('/robots.txt')
  await old.evaluate(login => new Promise((resolve) => {
    indexedDB.open(`redwhistle-${login}`, 5).onsuccess = resolve // a release that keeps other versions out
  }), cast.second.login)
  const fresh = await context.newPage()
  await fresh.goto('/sign-in')
  await fresh.getByLabel('手机号或登录名').fill(cast.second.signIn)
  await fresh.getByLabel('密码', { exact: true }).fill('correct horse battery')
  await fresh.getByRole('button', { name: '登录', exact: true }).click()
  await fresh.getByText(/旧页面还开着/).waitFor()
  await old.close()
  await fresh.getByText(/已同步/).first().waitFor()
  expect(await fresh.getByText(/旧页面还开着/).count()).toBe(0)
  await context.close()
})
