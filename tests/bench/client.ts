import type { Page } from 'playwright-core'
import type { Figure } from './measure.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build, preview } from 'vite'
import { BROWSER_ARGS, findBrowser } from '../../scripts/browser.ts'
import { quantile } from './measure.ts'

interface BenchWindow { bench: {
  dataset: (shifts: number) => { raw: string, pages: string[] }
  plain: (raw: string) => Promise<number>
  synced: (pages: string[]) => Promise<{ first: number, all: number }>
  increment: () => Promise<{ ours: number, plain: number }>
  enqueue: () => Promise<{ ours: number[], bare: number[] }>
} }
const ROUNDS = 5
const median = (values: number[]): number => quantile([...values].sort((a, b) => a - b), 0.5)

/** Builds the bench page from the real client code, serves it, and opens it in a real browser. */
async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'redwhistle-bench-'))
  const root = fileURLToPath(new URL('./client', import.meta.url))
  const common = { root, configFile: false as const, logLevel: 'error' as const, build: { outDir, emptyOutDir: true, target: 'es2022' } }
  await build(common)
  const server = await preview({ ...common, preview: { port: 0, host: '127.0.0.1' } })
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_ARGS] })
  try {
    const page = await browser.newPage()
    await page.goto(server.resolvedUrls!.local[0]!)
    await page.waitForFunction(() => 'bench' in globalThis)
    return await work(page)
  }
  finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
}

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
    { name: 'first sync of 10 k shifts + 20 k assignments / fetch + bulkPut', value: median(rounds.map(r => r.all / r.plain)), unit: '×', max: 1.3, note },
    { name: 'its first useful screen (own cards) / fetch + bulkPut', value: median(rounds.map(r => r.first / r.plain)), unit: '×', max: 0.25, note },
  ]
}

/** The client core in Chromium against the least Dexie could do, same run. */
export async function benchClient(): Promise<Figure[]> {
  return withPage(async (page) => {
    const figures = await firstSync(page)
    const inc = await page.evaluate(() => (globalThis as unknown as BenchWindow).bench.increment())
    figures.push({ name: '100 changed rows shown / fetch + bulkPut', value: inc.ours / inc.plain, unit: '×', max: 1.3, note: `${inc.ours.toFixed(1)} ms against ${inc.plain.toFixed(1)} ms` })
    const enq = await page.evaluate(() => (globalThis as unknown as BenchWindow).bench.enqueue())
    for (const [q, max] of [[0.5, undefined], [0.95, 1.5]] as const) {
      const [ours, bare] = [quantile(enq.ours, q), quantile(enq.bare, q)]
      figures.push({ name: `enqueue p${q * 100}, 50 pending / bare transaction of 3 rows`, value: ours / bare, unit: '×', ...(max ? { max } : {}), note: `${ours.toFixed(1)} ms against ${bare.toFixed(1)} ms` })
    }
    return figures
  })
}
