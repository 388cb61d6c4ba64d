import type { SchemaFile } from '../../scripts/schema/files.ts'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { schemaFiles } from '../../scripts/schema/files.ts'
import { findBinaries } from '../../supabase/local/cluster/binaries.ts'
import { startCluster } from '../../supabase/local/cluster/cluster.ts'
import { bootstrap } from '../../supabase/local/database/bootstrap.ts'
import { connect } from '../../supabase/local/database/postgres.ts'

/** A real Postgres 17 of its own, built from supabase/schemas, with a pool of superuser connections. */
export interface Postgres17 {
  pool: pg.Pool
  url: string
  /** Calls an `api` function as a login, under its role and row-level security. timeout: ms per statement, 0: none. */
  call: <T = Record<string, unknown>>(
    login: string,
    name: string,
    args: Record<string, unknown>,
    timeout?: number,
  ) => Promise<T>
  close: () => Promise<void>
}

const values = (args: Record<string, unknown>): unknown[] =>
  Object.values(args).map(v => typeof v === 'object' && v !== null ? JSON.stringify(v) : v)

async function callOn<T>(
  pool: pg.Pool,
  login: string,
  name: string,
  args: Record<string, unknown>,
  timeout = 0,
): Promise<T> {
  const list = Object.keys(args).map((k, i) => `${k} => $${i + 1}`).join(', ')
  const client = await pool.connect()
  try {
    await client.query(`begin; set local role authenticated;
      set local "request.jwt.claims" = '${JSON.stringify({ sub: login })}';
      set local statement_timeout = ${timeout}`)
    const { rows } = await client.query({
      name: `call_${name}_${Object.keys(args).join('_')}`,
      text: `select api.${name}(${list}) as answer`,
      values: values(args),
    })
    await client.query('commit')
    return (rows[0] as { answer: T }).answer
  }
  catch (error) {
    await client.query('rollback')
    throw error
  }
  finally { client.release() }
}

/** Starts a Postgres in a temporary folder, built from `files`; `close` removes everything. */
export async function startPostgres17(
  connections = 32,
  files: readonly SchemaFile[] = schemaFiles(),
): Promise<Postgres17> {
  const folder = mkdtempSync(path.join(tmpdir(), 'redwhistle-pg-'))
  const pg17 = await startIn(folder, randomBytes(12).toString('hex'), connections, files)
  return { ...pg17, close: async () => { await pg17.close(); rmSync(folder, { recursive: true, force: true }) } }
}

/** Starts a Postgres on a data folder; an empty one is built from `files`. `close` stops it and leaves the folder. */
export async function startIn(
  folder: string,
  password: string,
  connections = 32,
  files: readonly SchemaFile[] = schemaFiles(),
): Promise<Postgres17> {
  const binaries = await findBinaries()
  if (binaries === null) throw new Error('no PostgreSQL binaries for this platform')
  const cluster = await startCluster(folder, password, binaries)
  const db = connect(cluster.url, { max: 1 })
  await bootstrap(db)
  const [built] = await db.query<{ there: boolean }>(`select to_regnamespace('app') is not null as there`)
  if (built?.there !== true) await db.script(files.map(file => file.sql).join('\n'))
  await db.close()
  const pool = new pg.Pool({ connectionString: cluster.url, max: connections })
  pool.on('error', () => undefined) // connections end with the server
  return {
    pool,
    url: cluster.url,
    call: (login, name, args, timeout) => callOn(pool, login, name, args, timeout),
    close: async () => {
      if (!pool.ended) await pool.end()
      await cluster.stop()
    },
  }
}

/** Lets phones push as fast as they can: for races and measurements, where one phone stands for many. */
export async function liftLimits(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query(
    `create or replace function private.push_rate() returns real language sql immutable as 'select 1e9::real'`,
  )
}
