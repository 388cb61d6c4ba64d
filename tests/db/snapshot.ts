import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The folder of snapshots lies beside the dependencies, so that a clean install forgets them. */
const FOLDER = path.resolve(import.meta.dirname, '../../node_modules/.cache/redwhistle-pglite')
/** A snapshot so much older (ms) than the newest belongs to another tree. */
const MAX_AGE = 86_400_000

/** A name for these texts together. */
export function nameOf(...texts: string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length}:`).update(text)
  return hash.digest('hex').slice(0, 32)
}

/** The snapshot of that name, null when there is none yet. */
export function readSnapshot(name: string): Blob | null {
  try { return new Blob([readFileSync(path.join(FOLDER, `${name}.tar`))]) }
  catch { return null }
}

/** Keeps a snapshot for the next test file, whole or not at all, and removes those of other trees. */
export async function keepSnapshot(name: string, snapshot: Blob): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const making = path.join(FOLDER, `${randomUUID()}.part`)
  writeFileSync(making, new Uint8Array(await snapshot.arrayBuffer()))
  renameSync(making, path.join(FOLDER, `${name}.tar`))
  const newest = statSync(path.join(FOLDER, `${name}.tar`)).mtimeMs
  for (const file of readdirSync(FOLDER)) {
    const at = path.join(FOLDER, file)
    if (newest - (statSync(at, { throwIfNoEntry: false })?.mtimeMs ?? newest) > MAX_AGE) rmSync(at, { force: true })
  }
}
