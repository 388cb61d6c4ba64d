import type { Page } from 'playwright-core'
import type { Figure } from './measure.ts'
import { quantile } from './measure.ts'
import { withPages } from './page.ts'

interface BenchWindow { bench: {
  dataset: (shifts: number) => { raw: string, pages: string[] }
  plain: (raw: string) => Promise<number>
  synced: (pages: string[]) => Promise<{ first: number, all: number }>
  increment: () => Promise<{ ours: number, plain: number }>
  many: () => Promise<number>
  enqueue: () => Promise<{ ours: number[], bare: number[] }>
} }
const ROUNDS = 5
const median = (values: number[]): number => quantile([...values].sort((a, b) => a - b), 0.5)

async function firstSync(page: Page): Promise<Figure[]> {
  const rounds = await page.evaluate(async (n) => {
    const { bench } = globalThis as unknown as BenchWindow
    const { raw, pages } = bench.dataset(10_000)
    const out: { plain: number, all: number, first: number }[] = []
    for (let i = 0; i < n; i++) out.push({ plain: await bench.plain(raw), ...await bench.synced(pages) })
    return out
  }, ROUNDS)
  const plain = median(rounds.map(r => r.plain))
  const note = `fetch + bulkPut ${plain.toFixed(0)} ms, medians of ${ROUNDS}`
  return [
    {
      name: 'first sync of 10 k shifts + 20 k assignments / fetch + bulkPut',
      value: median(rounds.map(r => r.all / r.plain)),
      unit: '×',
      max: 1.3,
      note,
    },
    {
      name: 'its first useful screen (own cards) / fetch + bulkPut',
      value: median(rounds.map(r => r.first / r.plain)),
      unit: '×',
      max: 0.25,
      note,
    },
  ]
}

/** Applies 2,000 rows at once, as after a long absence, on a CPU four times slower. */
async function slowApply(page: Page): Promise<Figure> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const rounds: number[] = []
  for (let i = 0; i < ROUNDS; i++)
    rounds.push(await page.evaluate(() => (globalThis as unknown as BenchWindow).bench.many()))
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return {
    name: '2,000 changed rows applied, CPU ÷ 4',
    value: median(rounds),
    unit: 'ms',
    max: 300,
    note: `medians of ${ROUNDS}; phone already holds them`,
  }
}

/** Compares the client core in Chromium with the least Dexie could do, in one run. */
export async function benchClient(): Promise<Figure[]> {
  return withPages(1, async ([page]) => {
    const figures = [...await firstSync(page!), await slowApply(page!)]
    const inc = await page!.evaluate(() => (globalThis as unknown as BenchWindow).bench.increment())
    figures.push({
      name: '100 changed rows shown / fetch + bulkPut',
      value: inc.ours / inc.plain,
      unit: '×',
      max: 1.3,
      note: `${inc.ours.toFixed(1)} ms against ${inc.plain.toFixed(1)} ms`,
    })
    const enq = await page!.evaluate(() => (globalThis as unknown as BenchWindow).bench.enqueue())
    for (const [q, max] of [[0.5, undefined], [0.95, 1.5]] as const) {
      const [ours, bare] = [quantile(enq.ours, q), quantile(enq.bare, q)]
      figures.push({
        name: `enqueue p${q * 100}, 50 pending / bare transaction of 3 rows`,
        value: ours / bare,
        unit: '×',
        ...(max ? { max } : {}),
        note: `${ours.toFixed(1)} ms against ${bare.toFixed(1)} ms`,
      })
    }
    return figures
  })
}
