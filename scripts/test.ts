import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { ensureBuilt } from '../supabase/local/build.ts'
import { findBrowser } from './browser.ts'

interface Report { numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }

const ROOT = path.resolve(import.meta.dirname, '..')

/** Builds the app, finds a browser, runs every test; the last line is `N passed, N failed`. Arguments go to vitest. */
async function main(): Promise<number> {
  await ensureBuilt(ROOT, line => console.log(line))
  const browser = await findBrowser()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'redwhistle-test-'))
  const file = path.join(folder, 'report.json')
  const code = await runVitest(file, browser)
  const { passed, failed } = await count(file, code)
  await rm(folder, { recursive: true, force: true })
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 || code !== 0 ? 1 : 0
}

async function runVitest(file: string, browser: string): Promise<number> {
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, CHROME_PATH: browser },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })
}

/** Tests by outcome; a file that could not even be loaded counts as one failure, and so does an error outside of any test. */
async function count(file: string, code: number): Promise<{ passed: number, failed: number }> {
  const report: Report | null = await readFile(file, 'utf8').then(JSON.parse, () => null)
  if (report === null) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(result => result.status === 'failed' && result.assertionResults.length === 0).length
  const failed = report.numFailedTests + unloaded
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

main().then((code) => {
  process.exitCode = code
}, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})
