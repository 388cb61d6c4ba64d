import type { Db } from './db.ts'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { firstLine, StartFailure } from '../failure.ts'

/** One file of the folder: `20261123000100_foundation.sql` has stamp 20261123000100, name foundation. */
interface Migration { version: string, stamp: string, name: string, text: string, sha256: string }

/** Where the Supabase CLI records what `db push` applied, with the columns that the CLI makes itself. */
const RECORDS = `
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
alter table supabase_migrations.schema_migrations add column if not exists statements text[];
alter table supabase_migrations.schema_migrations add column if not exists name text;
`

/**
 * Applies the migrations of `folder` in the order of their names, each once and in a transaction of its own. Records
 * them as `supabase db push` does, so that neither of the two repeats what the other applied.
 * Answers the versions applied now. Throws StartFailure `migration` if a migration fails, has changed since it was
 * applied, or is missing from the folder; `remedy` says what to do then.
 */
export async function migrate(
  db: Db,
  folder: string,
  remedy = 'Start with --fresh: the data folder is put aside, and nothing is deleted.',
): Promise<string[]> {
  const wanted = await readMigrations(folder)
  const rows = await db.query<{ version: string, sha256: string }>(
    'select version, sha256 from local.migration order by version',
  )
  const applied = new Map(rows.map(row => [row.version, row.sha256]))
  refuseChanged(wanted, applied, remedy)
  const pushed = await recorded(db)
  for (const migration of wanted.filter(one => applied.has(one.version) && !pushed.has(one.stamp)))
    await record(db, migration)
  const now = wanted.filter(migration => !applied.has(migration.version) && !pushed.has(migration.stamp))
  for (const migration of now) await apply(db, migration)
  return now.map(migration => migration.version)
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(names.map(async (file) => {
    const text = await readFile(path.join(folder, file), 'utf8')
    const version = file.replace(/\.sql$/, '')
    const [stamp = version] = version.split('_')
    return {
      version,
      stamp,
      name: version.slice(stamp.length + 1),
      text,
      sha256: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex'),
    }
  }))
}

function refuseChanged(wanted: readonly Migration[], applied: ReadonlyMap<string, string>, remedy: string): void {
  const known = new Map(wanted.map(migration => [migration.version, migration.sha256]))
  for (const [version, sha256] of applied) {
    const present = known.get(version)
    if (present === sha256) continue
    const how = present === undefined ? `migration ${version} is not here` : `migration ${version} is another one here`
    throw new StartFailure('migration', `This database was made by another version of Redwhistle: ${how}. ${remedy}`)
  }
}

/** The stamps that `supabase db push` or an earlier start has recorded. */
async function recorded(db: Db): Promise<ReadonlySet<string>> {
  const [found] = await db.query<{ there: boolean }>(
    `select to_regclass('supabase_migrations.schema_migrations') is not null as there`,
  )
  if (found?.there !== true) await db.script(RECORDS)
  const rows = await db.query<{ version: string }>('select version from supabase_migrations.schema_migrations')
  return new Set(rows.map(row => row.version))
}

async function record(db: Pick<Db, 'query'>, { stamp, name, text }: Migration): Promise<void> {
  await db.query(
    `insert into supabase_migrations.schema_migrations (version, name, statements)
    values ($1, $2, array[$3])
    on conflict (version) do nothing`,
    [stamp, name, text],
  )
}

async function apply(db: Db, migration: Migration): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await tx.script(migration.text)
      await tx.query('insert into local.migration (version, sha256) values ($1, $2)', [
        migration.version,
        migration.sha256,
      ])
      await record(tx, migration)
    })
  }
  catch (error) {
    throw new StartFailure('migration', `Migration ${migration.version} failed: ${firstLine(error)}`, error)
  }
}
