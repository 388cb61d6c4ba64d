import type { Postgres17 } from './postgres17.ts'
import { Buffer } from 'node:buffer'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'

/** Our data as pg_dump would hold it: rows of every table as COPY text, and the state of sequences, of one moment. */
export interface Dump {
  tables: { name: string, columns: string, text: Buffer }[]
  sequences: { name: string, value: string, called: boolean }[]
}

/** Tables whose rows are data. `local` is left out: it holds notes of the embedded server about its own cluster. */
const TABLES =
  `select format('%I.%I', n.nspname, c.relname) as name,
    string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and n.nspname in ('app', 'sync', 'auth')
  group by n.nspname, c.relname
  order by 1`
const SEQUENCES =
  `select format('%I.%I', schemaname, sequencename) as name
  from pg_sequences
  where schemaname in ('app', 'sync', 'auth')
  order by 1`

async function session<T>({ url }: Postgres17, work: (sql: postgres.ReservedSql) => Promise<T>): Promise<T> {
  const pool = postgres(url, { max: 1, onnotice: () => undefined })
  const sql = await pool.reserve()
  try { return await work(sql) }
  finally {
    sql.release()
    await pool.end()
  }
}

/** Takes a dump; others may write meanwhile. */
export async function takeDump(from: Postgres17): Promise<Dump> {
  return session(from, async (sql) => {
    await sql.unsafe('begin isolation level repeatable read read only').simple()
    const tables: Dump['tables'] = []
    for (const { name, columns } of await sql.unsafe<{ name: string, columns: string }[]>(TABLES)) {
      const chunks: Buffer[] = []
      for await (const chunk of await sql.unsafe(`copy ${name} (${columns}) to stdout`).readable())
        chunks.push(chunk as Buffer)
      tables.push({ name, columns, text: Buffer.concat(chunks) })
    }
    const sequences: Dump['sequences'] = []
    for (const { name } of await sql.unsafe<{ name: string }[]>(SEQUENCES)) {
      const [at] = await sql.unsafe<{ last_value: string, is_called: boolean }[]>(
        `select last_value::text, is_called from ${name}`,
      )
      sequences.push({ name, value: at!.last_value, called: at!.is_called })
    }
    await sql.unsafe('commit').simple()
    return { tables, sequences }
  })
}

/** Replaces all data by a dump; triggers and foreign keys are off meanwhile, as for pg_restore. */
export async function putBack(dump: Dump, into: Postgres17): Promise<void> {
  await session(into, async (sql) => {
    await sql.unsafe(
      `begin; set local session_replication_role = replica; truncate ${dump.tables.map(t => t.name).join(', ')}`,
    ).simple()
    for (const { name, columns, text } of dump.tables.filter(t => t.text.length > 0))
      await pipeline(Readable.from([text]), await sql.unsafe(`copy ${name} (${columns}) from stdin`).writable())
    for (const { name, value, called } of dump.sequences)
      await sql.unsafe(`select setval($1::regclass, $2::bigint, $3)`, [name, value, called])
    await sql.unsafe('commit').simple()
  })
}
