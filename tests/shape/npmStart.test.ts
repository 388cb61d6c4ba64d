import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { startBackend } from '../../supabase/local/backend.ts'
import { PROJECT_ROOT } from '../../supabase/local/build.ts'
import { connect } from '../../supabase/local/database/postgres.ts'
import { dbPush } from './cli.ts'
import { startShaped, withPolicyGrants } from './cluster.ts'

const FILES = readdirSync(path.join(PROJECT_ROOT, 'supabase/migrations'))
const MIGRATIONS = FILES.filter(name => name.endsWith('.sql')).sort()

interface MigrationRecord { version: string, name: string, written: boolean }

/** The migrations that the Supabase CLI finds recorded. */
async function recorded(url: string): Promise<MigrationRecord[]> {
  const db = connect(url, { max: 1 })
  try {
    return await db.query<MigrationRecord>(
      `select version, name, cardinality(statements) > 0 as written
      from supabase_migrations.schema_migrations
      order by version`,
    )
  }
  finally {
    await db.close()
  }
}

/** Runs `npm start` with DATABASE_URL once; answers its output. */
async function startOnce(databaseUrl: string): Promise<string[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'redwhistle-start-'))
  const said: string[] = []
  try {
    const backend = await startBackend({ dataDir, port: 0, databaseUrl, log: line => said.push(line) })
    expect((await fetch(`${backend.url}/healthz`)).status).toBe(200)
    await backend.close()
    return said
  }
  finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

const expected = MIGRATIONS.map((file) => {
  const [version, ...name] = file.replace(/\.sql$/, '').split('_')
  return { version, name: name.join('_'), written: true }
})

it('leaves nothing to do for db push after npm start on a Supabase project', async () => {
  const shaped = await startShaped({ version: 17 })
  try {
    const url = shaped.url('postgres')
    await withPolicyGrants(shaped, async () => startOnce(url))
    expect(await recorded(url)).toEqual(expected)
    const { code, out } = await dbPush(url)
    expect(out).toContain('up to date')
    expect(code).toBe(0)
    expect(await recorded(url)).toEqual(expected)
  }
  finally {
    await shaped.stop()
  }
})

it('leaves nothing to do for npm start after db push', async () => {
  const shaped = await startShaped({ version: 17 })
  try {
    const url = shaped.url('postgres')
    await withPolicyGrants(shaped, async () => dbPush(url))
    const before = await recorded(url)
    await startOnce(url)
    expect(await recorded(url)).toEqual(before)
    const client = new pg.Client(url)
    await client.connect()
    expect((await client.query('select count(*)::int as n from local.migration')).rows).toEqual([{ n: 0 }])
    await client.end()
  }
  finally {
    await shaped.stop()
  }
})
