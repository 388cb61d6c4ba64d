import type pg from 'pg'
import type { Finding } from './findings.ts'
import { readdir } from 'node:fs/promises'
import { found } from './findings.ts'

/** A connection as the owner of what was pushed. */
export type Client = Pick<pg.Client, 'query'>

/** The rows of one statement. */
export async function rows<Row>(client: Client, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query(text, values)).rows as Row[]
}

/** The column `value` of the first row of a statement. Throws if there is no row. */
export async function value<T>(client: Client, text: string, values: unknown[] = []): Promise<T> {
  const [row] = await rows<{ value: T }>(client, text, values)
  if (row === undefined) throw new Error('the statement answered no row')
  return row.value
}

/** Does the database have this table, view or function? */
export async function has(client: Client, what: 'class' | 'procedure', name: string): Promise<boolean> {
  return value(client, `select to_reg${what}($1) is not null as value`, [name])
}

/** Checks the version of PostgreSQL, and the migrations of `folder` against those recorded. */
export async function checkMigrations(client: Client, folder: string): Promise<Finding[]> {
  const version = await value<number>(client, `select current_setting('server_version_num')::int as value`)
  const findings = version < 150_000 ? [found('postgres_old', String(version))] : []
  const files = (await readdir(folder)).filter(name => name.endsWith('.sql'))
  const wanted = files.map(name => name.slice(0, 14)).sort()
  const applied = new Set(await recorded(client))
  const missing = wanted.filter(name => !applied.has(name))
  const unknown = [...applied].filter(name => !wanted.includes(name))
  if (missing.length > 0) findings.push(found('migrations_missing', some(missing)))
  if (unknown.length > 0) findings.push(found('migrations_unknown', some(unknown)))
  return findings
}

/** The numbers of the migrations that `supabase db push` or `npm start` recorded. */
async function recorded(client: Client): Promise<string[]> {
  const found: string[] = []
  for (const table of ['supabase_migrations.schema_migrations', 'local.migration']) {
    if (!(await has(client, 'class', table))) continue
    const all = await rows<{ version: string }>(client, `select left(version, 14) as version from ${table}`)
    found.push(...all.map(row => row.version))
  }
  return found
}

/** The first of many names, and how many more there are. */
export function some(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`
}
