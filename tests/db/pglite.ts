import type { SchemaFile } from '../../scripts/schema/files.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { pgtap } from '@electric-sql/pglite-pgtap'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { GENERATED, schemaFiles } from '../../scripts/schema/files.ts'
import { keepSnapshot, nameOf, readSnapshot } from './snapshot.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const extensions = { btree_gist, ltree, pgcrypto, pgtap }
const LEGACY = `alter default privileges grant all on tables to anon, authenticated;
  alter default privileges grant execute on functions to anon, authenticated;`

/** legacy: with Supabase's old default grants. written: only files of supabase/schemas before the generated ones. */
export interface BootOptions { legacy?: boolean, written?: boolean }

/** Makes an empty PGlite with what a Supabase project has around the schemas. */
export async function barePglite(): Promise<PGlite> {
  const db = await PGlite.create({ extensions })
  await db.exec(read('./shim.sql'))
  return db
}

/** Runs files of SQL in order; the error names the file that failed. */
export async function runFiles(db: PGlite, files: readonly SchemaFile[]): Promise<void> {
  for (const { name, sql } of files) {
    try { await db.exec(sql) }
    catch (cause) { throw new Error(`${name} failed: ${(cause as Error).message}`, { cause }) }
  }
}

/** Makes a PGlite from supabase/schemas. The first of a tree takes about 5 s, the others 1 s: they copy a snapshot. */
export async function bootPglite({ legacy = false, written = false }: BootOptions = {}): Promise<PGlite> {
  const before = legacy ? [{ name: 'legacy', sql: LEGACY }] : []
  const files = [...before, ...schemaFiles().filter(file => !written || file.name < GENERATED)]
  const name = nameOf(read('../../package-lock.json'), read('./shim.sql'), ...files.map(file => file.sql))
  const snapshot = readSnapshot(name)
  if (snapshot) return PGlite.create({ extensions, loadDataDir: snapshot })
  const db = await barePglite()
  await runFiles(db, files)
  await keepSnapshot(name, await db.dumpDataDir('none'))
  return db
}

/** Loads the helpers of the pgTAP files (supabase/tests/database/NNN_*.sql), in order. */
export async function loadHelpers(db: PGlite): Promise<void> {
  const folder = new URL('../../supabase/tests/database/', import.meta.url)
  await db.exec('set search_path = public, extensions')
  for (const name of readdirSync(folder).filter(f => /^\d{3}_\w+\.sql$/.test(f)).sort())
    await db.exec(readFileSync(new URL(name, folder), 'utf8'))
}

/** Calls an `api` function for a login (null: anon) under its role and row-level security, in one transaction. */
export async function call<T = Record<string, unknown>>(
  db: PGlite,
  login: string | null,
  name: string,
  args: Record<string, unknown>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.exec(`set local role ${login ? 'authenticated' : 'anon'}`)
    await tx.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify(login ? { sub: login, role: 'authenticated' } : {}),
    ])
    const keys = Object.keys(args)
    const list = keys.map((k, i) => `${k} => $${i + 1}`).join(', ')
    const values = keys.map(k =>
      (typeof args[k] === 'object' && args[k] !== null && !Array.isArray(args[k])) || k === 'p_muts' || k === 'p_rows'
        ? JSON.stringify(args[k])
        : args[k],
    )
    const { rows } = await tx.query<{ answer: T }>(`select api.${name}(${list}) as answer`, values)
    return rows[0]!.answer
  })
}
