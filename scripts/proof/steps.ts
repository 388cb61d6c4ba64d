import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'

/** How a step ended. `said`: what it printed last, or what it needs and did not find. */
export interface Outcome { result: 'passed' | 'FAILED' | 'not run', seconds: number, said: string }
/** Outcomes of one state of the tree, by step. `tree`: commit, and a mark where files differ from it. */
export interface Proof { tree: string, outcomes: Record<string, Outcome> }

export interface Step {
  name: string
  /** program and arguments */
  command: readonly string[]
  env?: Record<string, string>
  /** a program it needs that npm does not bring, and how to get it */
  needs?: { program: string, from: string }
}

const ROOT = path.resolve(import.meta.dirname, '../..')
const FAKETIME = { program: 'faketime', from: 'apt install faketime, or brew install libfaketime' }
const npm = (
  script: string,
  ...args: string[]
): readonly string[] => ['npm', 'run', script, ...args.length > 0 ? ['--', ...args] : []]

/** All of it, the cheapest witness first. Chromium is found or brought by scripts/browser.ts, Postgres comes from npm. */
export const STEPS: readonly Step[] = [
  { name: 'check', command: npm('check') },
  { name: 'test', command: ['npm', 'test'] },
  { name: 'shape', command: npm('shape') },
  { name: 'hours', command: npm('hours', '--tiers') },
  { name: 'whole', command: npm('hours', '--whole'), needs: FAKETIME },
  { name: 'model', command: ['npm', 'exec', '--', 'vitest', 'run', 'tests/model'], env: { MODEL_RUNS: '10000' } },
  { name: 'soak', command: npm('soak', '--minutes', '10', '--stories', '0') },
  { name: 'kills', command: npm('kills', '--kills', '100') },
  { name: 'mutants', command: npm('mutants') },
  { name: 'bench', command: npm('bench') },
]

/** What a step needs and this machine does not have; null when it can run. */
export function missing(
  { needs }: Step,
  has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined,
): string | null {
  return needs === undefined || has(needs.program) ? null : `needs ${needs.program} (${needs.from})`
}

/** Steps asked for on the command line. */
export interface Wish {
  only?: string | undefined, from?: string | undefined, again?: boolean | undefined, list?: boolean | undefined
}

/** Which steps run now; the others keep what they have shown. Throws where a name is no step's. */
export function chosen(
  { only, from, again, list }: Wish,
  outcomes: Proof['outcomes'],
  names = STEPS.map(step => step.name),
): string[] {
  const asked = only?.split(',') ?? []
  const unknown = [...asked, ...from ? [from] : []].filter(name => !names.includes(name))
  if (unknown.length > 0) throw new Error(`no step ${unknown.join(', ')}; there are ${names.join(', ')}`)
  if (list) return []
  if (only !== undefined) return names.filter(name => asked.includes(name))
  if (from) return names.slice(names.indexOf(from))
  return names.filter(name => again || outcomes[name]?.result !== 'passed')
}

/** Runs one step and shows what it prints. */
export async function runStep({ command, env = {} }: Step): Promise<Outcome> {
  const started = performance.now()
  const [program, ...args] = command
  const child = spawn(program!, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  let said = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line)
    if (line.trim() !== '') said = line.trim()
  })
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
  return { result: code === 0 ? 'passed' : 'FAILED', seconds: Math.round((performance.now() - started) / 1000), said }
}
