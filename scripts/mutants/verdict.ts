import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'

/** What became of a run: the first test that failed, nothing failed, or it could not be run to an end that means something. */
export type Verdict = { kind: 'killed', by: string } | { kind: 'survived' } | { kind: 'broken', why: string }
interface Report {
  testResults: {
    name: string,
    status: string,
    message?: string,
    assertionResults: { status: string, fullName: string }[],
  }[]
}

/** A mutant may make the code wait for ever; then time kills it. */
const LIMIT_MS = 300_000

/** Runs test files of the tree in `root` and says what became of them. A tree that cannot even load is broken, not killed. `limit`: ms. */
export async function runTests(root: string, files: readonly string[], limit = LIMIT_MS): Promise<Verdict> {
  const report = path.join(root, 'mutant-report.json')
  await rm(report, { force: true })
  const late = await vitest(root, [...files, '--bail=1', '--reporter=json', `--outputFile.json=${report}`], limit)
  if (late) return { kind: 'killed', by: `time: no end within ${limit / 1000} s` }
  const read: Report | null = await readFile(report, 'utf8').then(JSON.parse, () => null)
  if (read === null) return { kind: 'broken', why: 'no report' }
  const failed = read.testResults.flatMap(file =>
    file.assertionResults.filter(t => t.status === 'failed').map(t =>
      `${path.relative(root, file.name)}: ${t.fullName}`,
    ),
  )
  if (failed[0] !== undefined) return { kind: 'killed', by: failed[0] }
  const unloaded = read.testResults.find(file => file.status === 'failed')
  return unloaded
    ? { kind: 'broken', why: `${path.relative(root, unloaded.name)}: ${unloaded.message ?? ''}` }
    : { kind: 'survived' }
}

/** Answers whether it had to be stopped. Its own process group, so that workers and databases go with it. */
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
