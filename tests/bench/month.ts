import type { CDPSession, Page } from 'playwright-core'
import type { Figure } from './measure.ts'
import pg from 'pg'
import { makeCast, signIn } from '../e2e/cast.ts'
import { DESKTOP, profile, startApp } from '../e2e/harness.ts'
import { quantile } from './measure.ts'
import { fillMonth, longMonth } from './monthRows.ts'

/** How long a person waits between two keys, ms: quick, but no machine. */
const PACE = 180
/** How long after the last input of a chapter its effects may come. */
const REST = 1500
/** How often every chapter is played: what else the machine does hits one pass, what the page does hits all. */
const PASSES = 5

/** Durations in ms; `slow` names the inputs above the budget. */
interface Inputs { inputs: number[], long: number[], slow: string[] }
declare global {
  interface Window { measured: Inputs }
}

/** Collects in the page how long each key, click and tap took until the next paint, and tasks above 50 ms. */
function collect(): void {
  window.measured = { inputs: [], long: [], slow: [] }
  const watch = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}): void => {
    const observer = new PerformanceObserver(list => list.getEntries().forEach(take))
    observer.observe({ type, ...more } as PerformanceObserverInit)
  }
  watch('event', (entry) => {
    if ((entry as PerformanceEventTiming & { interactionId?: number }).interactionId) {
      window.measured.inputs.push(entry.duration)
      if (entry.duration > 50) {
        const { target } = entry as PerformanceEventTiming
        window.measured.slow.push(`${entry.name} in ${(target as Element | null)?.localName}`)
      }
    }
  }, { durationThreshold: 16 })
  watch('longtask', entry => window.measured.long.push(entry.duration))
}

/** Types keys at a person's pace. */
async function keys(page: Page, ...pressed: string[]): Promise<void> {
  for (const key of pressed) {
    await page.keyboard.press(key)
    await page.waitForTimeout(PACE)
  }
}
const times = (n: number, ...pressed: string[]): string[] => Array.from({ length: n }).flatMap(() => pressed)

/** What a coordinator does in a month, chapter by chapter. */
const CHAPTERS: [string, (page: Page) => Promise<void>][] = [
  ['moving by keys', async (page) => {
    await keys(page, ...times(20, 'ArrowRight'), ...times(30, 'ArrowDown'), ...times(10, 'ArrowLeft'))
  }],
  ['to the ends', page => keys(page, 'Control+End', 'Control+Home', 'End', 'Home', 'Control+End', 'Control+Home')],
  ['choosing a range', page => keys(page, ...times(6, 'Shift+ArrowDown', 'Shift+ArrowRight'), 'ArrowUp')],
  ['choosing cells by a click', async (page) => {
    const cells = page.locator('[role=gridcell]')
    for (const n of [3, 40, 75, 102, 9]) {
      await cells.nth(n).click({ position: { x: 8, y: 20 } })
      await page.waitForTimeout(PACE)
    }
  }],
  ['assigning', async (page) => {
    for (const name of ['王', '李', '张']) {
      await page.locator('[role=gridcell]:has([data-st=vac])').first().click({ position: { x: 8, y: 20 } })
      await keys(page, 'Enter')
      await page.keyboard.insertText(name)
      await keys(page, 'ArrowDown', 'ArrowDown', 'Enter')
      await page.waitForTimeout(REST)
    }
  }],
  ['undo and redo', async (page) => {
    await page.locator('[role=gridcell][tabindex="0"]').focus()
    for (const key of ['Control+z', 'Control+z', 'Control+y', 'Control+z']) {
      await keys(page, key)
      await page.waitForTimeout(REST)
    }
  }],
  ['copy and paste', page => keys(page, 'Control+c', 'ArrowRight', 'Control+v', 'Escape')],
  ['filling', async (page) => {
    await page.getByRole('button', { name: '按规律填充' }).click()
    await page.waitForTimeout(REST)
    await keys(page, 'Escape')
  }],
  ['week and month', async (page) => {
    for (const name of ['周', '月']) {
      await page.getByRole('radio', { name, exact: true }).click()
      await page.waitForTimeout(2 * REST)
    }
  }],
]

async function chapter(page: Page, work: (page: Page) => Promise<void>): Promise<Inputs> {
  await page.evaluate(() => { window.measured = { inputs: [], long: [], slow: [] } })
  await work(page)
  await page.waitForTimeout(REST)
  return page.evaluate(() => window.measured)
}

/** The slowest input of a chapter: the median of its passes, with what each of them had. */
function slowest(name: string, passes: Inputs[]): Figure {
  const worst = passes.map(({ inputs }) => Math.max(0, ...inputs))
  const inputs = passes.flatMap(pass => pass.inputs).sort((a, b) => a - b)
  const long = passes.flatMap(pass => pass.long)
  const slow = [...new Set(passes.flatMap(pass => pass.slow))].join(', ')
  const note = [
    `${slow && `${slow}: `}${worst.join(', ')} ms in ${PASSES} passes`,
    `median ${quantile(inputs, 0.5)} ms of ${inputs.length} above 16 ms`,
    `${long.length} long tasks, longest ${Math.max(0, ...long)} ms`,
  ].join('; ')
  const value = quantile(worst.sort((a, b) => a - b), 0.5)
  return { name: `month ÷ 4, slowest input, median of ${PASSES} passes: ${name}`, value, unit: 'ms', max: 50, note }
}

/**
 * How long inputs take in the month view of a whole community on a desktop four times slower: from the input to the
 * next paint, as the browser's Event Timing has it.
 */
export async function benchMonth(): Promise<Figure[]> {
  const { backend, browser, close } = await startApp()
  try {
    const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 1 })
    const cast = await makeCast(pool, backend.url)
    const month = longMonth(Date.now())
    await fillMonth(pool, cast.world, month)
    await pool.end()
    const context = await profile(browser, backend.url, DESKTOP)
    await context.addInitScript(collect)
    const page = await signIn(context, cast.coordinator)
    await page.goto(`/roster?view=month&week=${month.first}`)
    await page.locator('[role=gridcell]').first().waitFor()
    await page.waitForTimeout(2 * REST)
    const cdp: CDPSession = await context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const found = new Map(CHAPTERS.map(([name]) => [name, [] as Inputs[]]))
    for (let pass = 0; pass < PASSES; pass++) {
      // the chosen cell may be out of sight, and not drawn
      await page.locator('[role=gridcell]').first().click({ position: { x: 8, y: 20 } })
      for (const [name, work] of CHAPTERS) found.get(name)!.push(await chapter(page, work))
    }
    return [...found].map(([name, passes]) => slowest(name, passes))
  }
  finally { await close() }
}
