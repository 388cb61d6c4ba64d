import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const SCHEMAS = fileURLToPath(new URL('../../supabase/schemas', import.meta.url))
/** Files that are written from the others; they are committed, and a test compares them. */
export const GENERATED = '85_generated'

/** One file of supabase/schemas: `50_intents/assign.sql` and its text. */
export interface SchemaFile { name: string, sql: string }

/** Every file of supabase/schemas in the order in which they build a database: by path. */
export function schemaFiles(): SchemaFile[] {
  const names = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' }).map(name => name.replaceAll('\\', '/')).filter(name => name.endsWith('.sql'))
  return names.sort().map(name => ({
    name,
    sql: readFileSync(path.join(SCHEMAS, name), 'utf8').replaceAll('\r\n', '\n'),
  }))
}

/** Is this file written from the others? */
export function isGenerated(name: string): boolean {
  return name.startsWith(`${GENERATED}/`)
}
