import type { Proof, Step } from './steps.ts'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Where outcomes are stored: beside the dependencies, so that nobody commits them. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/redwhistle-proof')

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 })

/** The state of the tree: the commit, with `+` and a hash of the differences if files have changed since. */
export function treeNow(): string {
  const commit = git('rev-parse', 'HEAD').trim()
  const untracked = git('ls-files', '--others', '--exclude-standard').split('\n').filter(Boolean)
  const texts = untracked.map(file => `${file} ${readFileSync(path.join(ROOT, file), 'base64')}`)
  const changed = git('diff', 'HEAD') + texts.join('\n')
  return changed === '' ? commit : `${commit}+${createHash('sha256').update(changed).digest('hex').slice(0, 12)}`
}

const fileOf = (tree: string): string => path.join(FOLDER, `${tree}.json`)

/** Reads the outcomes of a tree so far. */
export function readState(tree = treeNow()): Proof {
  try { return JSON.parse(readFileSync(fileOf(tree), 'utf8')) as Proof }
  catch { return { tree, outcomes: {} } }
}

/** Writes the outcomes of a tree, wholly or not at all. */
export function writeState(proof: Proof): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${fileOf(proof.tree)}.part`, `${JSON.stringify(proof, null, 2)}\n`)
  renameSync(`${fileOf(proof.tree)}.part`, fileOf(proof.tree))
}

/** A time for people: in seconds up to two minutes, then in minutes. */
function time(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

/** The steps of a proof as a table in Markdown. */
export function table(steps: readonly Step[], { tree, outcomes }: Proof): string {
  const rows = steps.map(({ name }) => {
    const outcome = outcomes[name]
    return outcome ? [name, outcome.result, time(outcome.seconds), outcome.lastLine] : [name, 'not run', '', '']
  })
  const safe = (text: string): string => text.replaceAll('|', '/').slice(0, 100)
  return [
    `proof of ${tree}`,
    '',
    '| step | result | time | its last line |',
    '|---|---|---|---|',
    ...rows.map(row => `| ${row.map(safe).join(' | ')} |`),
  ].join('\n')
}
