import type { BrowserContext } from 'playwright-core'
import type { Actor } from '../e2e/cast.ts'
import type { Figure } from './measure.ts'
import pg from 'pg'
import { makeCast, signIn } from '../e2e/cast.ts'
import { PHONE, profile, startApp } from '../e2e/harness.ts'
import { quantile } from './measure.ts'
import { fillR40 } from './r40.ts'

const ROUNDS = 5

/** Milliseconds from navigation until `selector` stands on the page, offline and on a CPU four times slower. */
async function coldStart(context: BrowserContext, path: string, selector: string): Promise<number> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(path, { waitUntil: 'commit' })
  const handle = await page.waitForFunction((css) => {
    if (!document.querySelector(css)) return false
    return performance.now()
  }, selector, { polling: 'raf' })
  const ms = await handle.jsonValue() as number
  await page.close()
  return ms
}

/** Measures a cold start offline on a slow phone that holds a month of the whole community. */
export async function benchStart(): Promise<Figure[]> {
  const { backend, browser, close } = await startApp()
  try {
    const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 1 })
    const cast = await makeCast(pool, backend.url)
    await fillR40(pool, cast.world)
    await pool.end()
    const context = await profile(browser, backend.url, PHONE)
    const page = await signIn(context, cast.first as Actor)
    await page.goto('/roster')
    await page.waitForTimeout(8000)
    await page.close()
    await context.setOffline(true)
    const roster: number[] = []
    const duty: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      duty.push(await coldStart(context, '/', 'main h2, main .card'))
      roster.push(await coldStart(context, '/roster', '[data-shift], [role=grid] [role=gridcell], main li'))
    }
    const median = (x: number[]): number => quantile(x.sort((a, b) => a - b), 0.5)
    const note = `61 buildings × 30 days × 200 people, CPU ÷ 4, medians of ${ROUNDS}`
    return [
      { name: 'cold start offline to own duty', value: median(duty), unit: 'ms', max: 1000, note },
      { name: 'cold start offline to the duty list', value: median(roster), unit: 'ms', max: 1000, note },
    ]
  }
  finally { await close() }
}
