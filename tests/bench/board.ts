import type { Figure } from './measure.ts'
import lighthouse from 'lighthouse'
import pg from 'pg'
import { chromium } from 'playwright-core'
import { BROWSER_ARGS, findBrowser } from '../../scripts/browser.ts'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { makeCast } from '../e2e/cast.ts'
import { startTemp } from '../e2e/harness.ts'

/**
 * Measures the residents' page in Lighthouse's own phone on slow 4G: scores, and the largest paint in ms.
 * Throws where Lighthouse could not measure: no figure is better than a zero that is none.
 */
export async function benchBoard(): Promise<Figure[]> {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  const backend = await startTemp()
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...BROWSER_ARGS, `--remote-debugging-port=${port}`],
  })
  try {
    const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 1 })
    const { doorCode } = await makeCast(pool, backend.url)
    await pool.end()
    const result = await lighthouse(`${backend.url}/b/${doorCode}`, {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: ['performance', 'accessibility'],
    })
    const { categories, audits } = result!.lhr
    const largest = audits['largest-contentful-paint']
    const paint = measured(largest?.numericValue, largest?.errorMessage)
    const score = (name: string): number => measured(categories[name]?.score, `${name} has no score`) * 100
    return [
      { name: 'residents\' page, Lighthouse performance', value: score('performance'), unit: '', min: 95 },
      { name: 'residents\' page, Lighthouse accessibility', value: score('accessibility'), unit: '', min: 95 },
      { name: 'residents\' page, largest paint on slow 4G', value: paint, unit: 'ms', max: 2000 },
    ]
  }
  finally {
    await browser.close()
    await backend.discard()
  }
}

function measured(value: number | null | undefined, why = 'it gives no reason'): number {
  if (typeof value !== 'number') throw new TypeError(`Lighthouse did not measure: ${why}`)
  return value
}
