import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'

/** How a run ended: killed by the first test that failed, survived, or broken: no test could run. */
export type Verdict = { kind: 'killed', by: string } | { kind: 'survived' } | { kind: 'broken', why: string }
interface Report {
  testResults: {
    name: string,
    status: string,
    message?: string,
    assertionResults: { status: string, fullName: string }[],
  }[]
}

/** Milliseconds after which a run counts as killed: a mutant may make the code wait for ever. */
const LIMIT_MS = 300_000

/** Runs test files of the tree in `root`. A tree that cannot be loaded is broken, not killed. `limit` in ms. */
export async function runTests(root: string, files: readonly string[], limit = LIMIT_MS): Promise<Verdict> {
  const report = path.join(root, 'mutant-report.json')
  await rm(report, { force: true })
  const late = await vitest(root, [...files, '--bail=1', '--reporter=json', `--outputFile.json=${report}`], limit)
  if (late) return { kind: 'killed', by: `time: no end within ${limit / 1000} s` }
  const read: Report | null = await readFile(report, 'utf8').then(JSON.parse, () => null)
  if (read === null) return { kind: 'broken', why: 'no report' }
  const tests = read.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({ status, title: `${path.relative(root, name)}: ${fullName}` })),
  )
  const failed = tests.find(test => test.status === 'failed')
  if (failed !== undefined) return { kind: 'killed', by: failed.title }
  const unloaded = read.testResults.find(file => file.status === 'failed')
  return unloaded
    ? { kind: 'broken', why: `${path.relative(root, unloaded.name)}: ${unloaded.message ?? ''}` }
    : { kind: 'survived' }
}

/**
 * Runs vitest; answers whether it had to be stopped after `limit` ms. It has a process group of its own, so that its
 * workers and databases end with it.
 */
async function vitest(root: string, args: string[], limit: number): Promise<boolean> {
  const env = { ...process.env, SIM_RUNS: process.env.SIM_RUNS ?? '60' }
  const child = spawn(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
    cwd: root,
    env,
    stdio: 'ignore',
    detached: true,
  })
  const stop = (): void => {
    try { process.kill(-child.pid!, 'SIGKILL') }
    catch {}
  }
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop()
  }, limit)
  process.once('exit', stop)
  await new Promise(resolve => child.once('exit', resolve).once('error', resolve))
  process.off('exit', stop)
  clearTimeout(timer)
  return late
}
