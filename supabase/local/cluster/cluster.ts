import type { ChildProcess } from 'node:child_process'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartFailure } from '../failure.ts'
import { accountOptions, chooseAccount } from './account.ts'
import { programsIn } from './binaries.ts'
import { freePort } from './free-port.ts'
import { initialise } from './initialise.ts'
import { keepShort, LOG_SETTINGS, putLogAside } from './log-file.ts'
import { clearStale, isServing, readPostmaster, refuseSecondServer, stopServer } from './postmaster.ts'

/** One running PostgreSQL server of ours. */
export interface Cluster {
  /** Connection string of the superuser, on 127.0.0.1. */
  url: string
  pid: number
  /** Resolves when the server ends, for whatever reason. */
  ended: Promise<void>
  /** Stops the server; nothing committed is lost. */
  stop: () => Promise<void>
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=80',
  'shared_buffers=128MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'timezone=UTC',
  'jit=off',
  ...LOG_SETTINGS,
]

/**
 * Starts PostgreSQL on `<dataDir>/pg`. Makes the cluster at the first start, and stops a server that a killed run left.
 * Throws StartFailure: `data_folder_in_use`, `data_folder`, `no_postgres`.
 */
export async function startCluster(dataDir: string, password: string, binaries: Binaries): Promise<Cluster> {
  const folder = path.join(dataDir, 'pg')
  const left = readPostmaster(folder)
  if (left !== null && isServing(left.pid, folder)) {
    await refuseSecondServer(urlOf(left.port, password), dataDir)
    await stopServer(left.pid, folder)
  }
  await clearStale(folder)
  const version = versionOf(folder)
  if (version !== null && version !== '17') {
    throw new StartFailure(
      'data_folder',
      `${folder} was made by PostgreSQL ${version}; this version runs 17. Use the old version, or start with --fresh.`,
    )
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { account, home } = chooseAccount(binaries.home, folder)
  const programs = programsIn(home)
  if (version === null) initialise(folder, password, programs, account)
  return serve({ folder, log: path.join(dataDir, 'postgres.log'), password, binaries: programs, account })
}

/** The major version of PostgreSQL that made the cluster; null if there is no cluster. */
function versionOf(folder: string): string | null {
  const file = path.join(folder, 'PG_VERSION')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}

interface ServerSetup { folder: string, log: string, password: string, binaries: Binaries, account: Account }

async function serve(setup: ServerSetup): Promise<Cluster> {
  const port = await freePort()
  const child = launch(setup, port)
  const pid = child.pid ?? 0
  child.once('error', () => undefined)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const endServer = (): void => { child.kill('SIGINT') }
  process.once('exit', endServer)
  const stopTrimming = keepShort(setup.log)
  void ended.then(() => {
    stopTrimming()
    process.off('exit', endServer)
  })
  await untilReady(setup, child)
  const stop = async (): Promise<void> => {
    if (process.platform === 'win32') spawnSync(setup.binaries.pgCtl, ['stop', '-D', setup.folder, '-m', 'fast', '-w'])
    else if (child.exitCode === null && child.signalCode === null)
      await Promise.race([ended, stopServer(pid, setup.folder)])
    await ended
  }
  return { url: urlOf(port, setup.password), pid, ended, stop }
}

function launch(setup: ServerSetup, port: number): ChildProcess {
  putLogAside(setup.log)
  const log = openSync(setup.log, 'a', 0o600)
  const [program, ...args] = [
    ...setup.account.prefix,
    ...leash(),
    setup.binaries.postgres,
    '-D',
    setup.folder,
    '-p',
    String(port),
    ...SETTINGS.flatMap(setting => ['-c', setting]),
  ]
  try {
    // A process group of its own: Ctrl-C must reach only us, so that requests end before the database does.
    return spawn(program!, args, {
      ...accountOptions(setup.account),
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, LC_ALL: 'C' },
    })
  }
  finally {
    closeSync(log)
  }
}

/** Makes the server end when this process ends for whatever reason, where the system can: a killed test leaves none. */
function leash(): string[] {
  const words = ['setpriv', '--pdeathsig', 'INT']
  return process.platform === 'linux' && spawnSync(words[0]!, [...words.slice(1), 'true']).status === 0 ? words : []
}

async function untilReady({ folder, log }: ServerSetup, child: ChildProcess): Promise<void> {
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const now = readPostmaster(folder)
    if (now !== null && now.pid === child.pid && now.ready) return
    await sleep(15)
  }
  const reason = lastError(log) ?? `see ${log}`
  const remedy = 'Put a backup back, or start with --fresh.'
  throw new StartFailure('data_folder', `PostgreSQL cannot run on ${folder}: ${reason}. ${remedy}`)
}

/** The last error of a log of PostgreSQL, without time and level. */
function lastError(log: string): string | undefined {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []
  return lines.filter(line => /FATAL|PANIC|ERROR/.test(line)).at(-1)?.replace(/^.*?(?:FATAL|PANIC|ERROR):\s*/, '')
}

function urlOf(port: number, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}
