import { readdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { pgtap } from '@electric-sql/pglite-pgtap'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { keepSnapshot, nameOf, readSnapshot } from './snapshot.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const migrationsUrl = new URL('../../supabase/migrations/', import.meta.url)

/** Names and texts of the project's migrations, in order. */
export function migrations(): { name: string, sql: string }[] {
  return readdirSync(migrationsUrl).filter(f => f.endsWith('.sql')).sort().map(name => ({ name, sql: readFileSync(new URL(name, migrationsUrl), 'utf8') }))
}

const extensions = { btree_gist, ltree, pgcrypto, pgtap }
const LEGACY = 'alter default privileges grant all on tables to anon, authenticated; alter default privileges grant execute on functions to anon, authenticated;'

/**
 * A fresh PGlite with Supabase's surroundings and every migration applied. The first of a tree takes ~5 s, the others ~1 s: they begin as its
 * copy. `legacy` gives functions Supabase's old default grants.
 */
export async function bootPglite(options: { legacy?: boolean } = {}): Promise<PGlite> {
  const steps = [{ name: 'shim.sql', sql: read('./shim.sql') }, ...options.legacy ? [{ name: 'legacy', sql: LEGACY }] : [], ...migrations()]
  const name = nameOf(read('../../package-lock.json'), ...steps.map(s => s.sql))
  const snapshot = readSnapshot(name)
  if (snapshot) return PGlite.create({ extensions, loadDataDir: snapshot })
  const db = await PGlite.create({ extensions })
  for (const step of steps) {
    try { await db.exec(step.sql) }
    catch (cause) { throw new Error(`migration ${step.name} failed`, { cause }) }
  }
  await keepSnapshot(name, await db.dumpDataDir('none'))
  return db
}

/** Loads what the pgTAP files share (supabase/tests/database/NNN_*.sql), in order. */
export async function loadHelpers(db: PGlite): Promise<void> {
  const folder = new URL('../../supabase/tests/database/', import.meta.url)
  await db.exec('set search_path = public, extensions')
  for (const name of readdirSync(folder).filter(f => /^\d{3}_\w+\.sql$/.test(f)).sort()) await db.exec(readFileSync(new URL(name, folder), 'utf8'))
}

/** Calls an `api` function as a signed-in login (null = anon), under its role and row-level security, in one transaction. */
export async function call<T = Record<string, unknown>>(db: PGlite, login: string | null, name: string, args: Record<string, unknown>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.exec(`set local role ${login ? 'authenticated' : 'anon'}`)
    await tx.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(login ? { sub: login, role: 'authenticated' } : {})])
    const keys = Object.keys(args)
    const list = keys.map((k, i) => `${k} => $${i + 1}`).join(', ')
    const values = keys.map(k => (typeof args[k] === 'object' && args[k] !== null && !Array.isArray(args[k])) || k === 'p_muts' || k === 'p_rows' ? JSON.stringify(args[k]) : args[k])
    const { rows } = await tx.query<{ answer: T }>(`select api.${name}(${list}) as answer`, values)
    return rows[0]!.answer
  })
}
