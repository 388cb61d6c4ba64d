import path from 'node:path'
import process from 'node:process'
import { ensureBuilt } from '../supabase/local/build.ts'
import { findBrowser } from './browser.ts'
import { runVitest } from './vitest.ts'

const ROOT = path.resolve(import.meta.dirname, '..')

/**
 * Builds the app, finds a browser and runs every test. The last line it prints is `N passed, N failed`. Arguments go to
 * vitest. Answers the exit code.
 */
async function main(): Promise<number> {
  await ensureBuilt(ROOT, line => console.log(line))
  const args = process.argv.slice(2)
  const env = { CHROME_PATH: await findBrowser(), ...args.length === 0 ? { REDWHISTLE_TEST_HOURS: 'yes' } : {} }
  const { passed, failed } = await runVitest({ args, env })
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

main().then((code) => {
  process.exitCode = code
}, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})
