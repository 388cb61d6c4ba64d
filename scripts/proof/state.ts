import type { Proof } from './steps.ts'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Beside the dependencies, where nobody commits it. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/redwhistle-proof')

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 })

/** The commit; with `+` and a hash of the differences where files were changed since. */
export function treeNow(): string {
  const commit = git('rev-parse', 'HEAD').trim()
  const changed = git('diff', 'HEAD')
    + git('ls-files', '--others', '--exclude-standard').split('\n').filter(Boolean).map(file =>
      `${file} ${readFileSync(path.join(ROOT, file), 'base64')}`,
    ).join('\n')
  return changed === '' ? commit : `${commit}+${createHash('sha256').update(changed).digest('hex').slice(0, 12)}`
}

const fileOf = (tree: string): string => path.join(FOLDER, `${tree}.json`)

/** What this tree has shown so far. */
export function readState(tree = treeNow()): Proof {
  try { return JSON.parse(readFileSync(fileOf(tree), 'utf8')) as Proof }
  catch { return { tree, outcomes: {} } }
}

/** Keeps it, whole or not at all. */
export function writeState(proof: Proof): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${fileOf(proof.tree)}.part`, `${JSON.stringify(proof, null, 2)}\n`)
  renameSync(`${fileOf(proof.tree)}.part`, fileOf(proof.tree))
}
