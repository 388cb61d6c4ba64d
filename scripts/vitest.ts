import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

interface Report {
  numPassedTests: number, numFailedTests: number
  testResults: {
    name: string, status: string, message?: string,
    assertionResults: { status: string, fullName: string }[],
  }[]
}

/** The number of tests by outcome, and the names of those that failed. */
export interface Count { passed: number, failed: number, names: string[] }

const ROOT = path.resolve(import.meta.dirname, '..')

/** How vitest is run. */
export interface VitestOptions {
  /** Arguments of vitest: files, `-t`, … */
  args: readonly string[]
  env?: Record<string, string>
  /** A program with its arguments that runs the whole command: faketime. */
  under?: readonly string[]
  /** false = what vitest prints is not shown. */
  loud?: boolean
}

/**
 * Runs vitest as a process of its own and counts its tests. A file that cannot be loaded counts as one failure, and so
 * does an error outside of any test.
 */
export async function runVitest({ args, env = {}, under = [], loud = true }: VitestOptions): Promise<Count> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'redwhistle-test-'))
  const file = path.join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
    const [program, ...rest] = [...under, process.execPath, vitest, 'run', ...reporters, ...args]
    const child = spawn(program!, rest, {
      cwd: ROOT,
      stdio: loud ? 'inherit' : 'ignore',
      env: { ...process.env, ...env },
    })
    const kill = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, kill)
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', code => resolve(code ?? 1))
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, kill)
    return await count(file, code)
  }
  finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function count(file: string, code: number): Promise<Count> {
  const report: Report | null = await readFile(file, 'utf8').then(JSON.parse, () => null)
  if (report === null) return { passed: 0, failed: 1, names: ['vitest left no report'] }
  const files = report.testResults.map(({ name, status, message, assertionResults }) => ({
    // a file that could not be loaded says why
    name: [path.relative(ROOT, name), message?.split('\n')[0]].filter(Boolean).join(': '),
    isFailed: status === 'failed',
    failures: assertionResults.filter(test => test.status === 'failed').map(test => test.fullName),
  }))
  const unloaded = files.filter(file => file.isFailed && file.failures.length === 0).map(file => file.name)
  const names = [...unloaded, ...files.flatMap(file => file.failures)]
  if (names.length === 0 && code !== 0) names.push('an error outside of any test')
  return { passed: report.numPassedTests, failed: names.length, names }
}
