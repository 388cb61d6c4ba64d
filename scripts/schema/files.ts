import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const SCHEMAS = fileURLToPath(new URL('../../supabase/schemas', import.meta.url))
/** The folder of files that `npm run schema` writes from the others. They are committed, and a test compares them. */
export const GENERATED = '85_generated'

/** One file of supabase/schemas: `50_intents/assign.sql` and its text. */
export interface SchemaFile { name: string, sql: string }

/** Every file of supabase/schemas, by path: the order in which they build a database. */
export function schemaFiles(): SchemaFile[] {
  const entries = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' }).map(name => name.replaceAll('\\', '/'))
  const names = entries.filter(name => name.endsWith('.sql')).sort()
  const read = (name: string): string => readFileSync(path.join(SCHEMAS, name), 'utf8').replaceAll('\r\n', '\n')
  return names.map(name => ({ name, sql: read(name) }))
}

/** Does `npm run schema` write this file? */
export function isGenerated(name: string): boolean {
  return name.startsWith(`${GENERATED}/`)
}
