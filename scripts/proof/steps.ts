import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'

/** How a step ended. `lastLine`: what it printed last, or the program that it needs and did not find. */
export interface Outcome { result: 'passed' | 'FAILED' | 'not run', seconds: number, lastLine: string }
/** The outcomes of one state of the tree, by step. `tree`: the commit, with a mark if files differ from it. */
export interface Proof { tree: string, outcomes: Record<string, Outcome> }

/** One step of a proof: a command that must succeed. */
export interface Step {
  name: string
  /** Program and arguments. */
  command: readonly string[]
  env?: Record<string, string>
  /** A program that it needs and npm does not install, and where it comes from. */
  needs?: { program: string, from: string }
}

const ROOT = path.resolve(import.meta.dirname, '../..')
const FAKETIME = { program: 'faketime', from: 'apt install faketime, or brew install libfaketime' }
const npm = (script: string, ...args: string[]): readonly string[] =>
  ['npm', 'run', script, ...args.length > 0 ? ['--', ...args] : []]

/** All steps, the quickest first. scripts/browser.ts finds or installs Chromium; Postgres comes from npm. */
export const STEPS: readonly Step[] = [
  { name: 'check', command: npm('check') },
  { name: 'test', command: ['npm', 'test'] },
  { name: 'shape', command: npm('shape') },
  { name: 'hours', command: npm('hours', '--tiers') },
  { name: 'whole', command: npm('hours', '--whole'), needs: FAKETIME },
  { name: 'model', command: ['npm', 'exec', '--', 'vitest', 'run', 'tests/model'], env: { MODEL_RUNS: '10000' } },
  {
    name: 'rosters',
    command: ['npm', 'exec', '--', 'vitest', 'run', 'src/views/roster/auto', 'tests/db/publishRules.test.ts'],
    env: { AUTO_RUNS: '1000', PUBLISH_RUNS: '1000' },
  },
  { name: 'soak', command: npm('soak', '--minutes', '10', '--stories', '0') },
  { name: 'kills', command: npm('kills', '--kills', '100') },
  { name: 'mutants', command: npm('mutants') },
  { name: 'bench', command: npm('bench') },
]

/** What a step needs and this machine does not have; null if the step can run. */
export function missingProgram({ needs }: Step, has = isInstalled): string | null {
  return needs === undefined || has(needs.program) ? null : `needs ${needs.program} (${needs.from})`
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

/** Steps asked for on the command line. */
export interface Wish {
  only?: string | undefined, from?: string | undefined, again?: boolean | undefined, list?: boolean | undefined
}

/** The names of the steps that run now; the others keep their outcome. Throws for a name that is no step's. */
export function chooseSteps(
  { only, from, again, list }: Wish,
  outcomes: Proof['outcomes'],
  names = STEPS.map(step => step.name),
): string[] {
  const wanted = only?.split(',') ?? []
  const unknown = [...wanted, ...from ? [from] : []].filter(name => !names.includes(name))
  if (unknown.length > 0) throw new Error(`no step ${unknown.join(', ')}; there are ${names.join(', ')}`)
  if (list) return []
  if (only !== undefined) return names.filter(name => wanted.includes(name))
  if (from) return names.slice(names.indexOf(from))
  return names.filter(name => again || outcomes[name]?.result !== 'passed')
}

/** Runs one step and prints what it prints. */
export async function runStep({ command, env = {} }: Step): Promise<Outcome> {
  const started = performance.now()
  const [program, ...args] = command
  const child = spawn(program!, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  let lastLine = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line)
    if (line.trim() !== '') lastLine = line.trim()
  })
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
  const seconds = Math.round((performance.now() - started) / 1000)
  return { result: code === 0 ? 'passed' : 'FAILED', seconds, lastLine }
}
