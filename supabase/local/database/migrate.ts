import type { Db } from './db.ts'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { firstLine, StartFailure } from '../failure.ts'

interface Migration { version: string, text: string, sha256: string }

/**
 * Applies the migrations of `folder` in the order of their names, each once and in a transaction of its own.
 * Answers the versions applied now. Throws StartFailure `migration` when one fails, changed after it was applied,
 * or is missing from the folder.
 */
export async function migrate(db: Db, folder: string): Promise<string[]> {
  const wanted = await readMigrations(folder)
  const rows = await db.query<{ version: string, sha256: string }>('select version, sha256 from local.migration order by version')
  const applied = new Map(rows.map(row => [row.version, row.sha256]))
  refuseChanged(wanted, applied)
  const now = wanted.filter(migration => !applied.has(migration.version))
  for (const migration of now) await apply(db, migration)
  return now.map(migration => migration.version)
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(names.map(async (name) => {
    const text = await readFile(path.join(folder, name), 'utf8')
    return { version: name.replace(/\.sql$/, ''), text, sha256: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') }
  }))
}

function refuseChanged(wanted: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(wanted.map(migration => [migration.version, migration.sha256]))
  for (const [version, sha256] of applied) {
    const present = known.get(version)
    if (present === undefined) throw new StartFailure('migration', `This database was made by a newer or different version: migration ${version} is not here. Update, or start with --fresh.`)
    if (present !== sha256) throw new StartFailure('migration', `Migration ${version} was changed after it was applied to this database. Merged migrations are never edited: restore it and add a new one, or start with --fresh.`)
  }
}

async function apply(db: Db, migration: Migration): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await tx.script(migration.text)
      await tx.query('insert into local.migration (version, sha256) values ($1, $2)', [migration.version, migration.sha256])
    })
  }
  catch (error) {
    throw new StartFailure('migration', `Migration ${migration.version} failed: ${firstLine(error)}`, error)
  }
}
