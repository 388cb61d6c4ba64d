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
import { clearStale, isServing, readPostmaster, stopServer } from './postmaster.ts'
import { refuseSecondServer } from './second-server.ts'

/** One running PostgreSQL server of ours. */
export interface Cluster {
  /** Connection string of the superuser, on 127.0.0.1. */
  url: string
  pid: number
  /** Resolves when the server ends, whoever ended it. */
  ended: Promise<void>
  /** Stops it without losing anything committed. */
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
 * Starts PostgreSQL on `<dataDir>/pg`, making the cluster at the first start and stopping an orphan of a killed run.
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
  const version = path.join(folder, 'PG_VERSION')
  const made = existsSync(version)
  if (made && readFileSync(version, 'utf8').trim() !== '17') {
    throw new StartFailure(
      'data_folder',
      `${folder} was made by PostgreSQL ${readFileSync(version, 'utf8').trim()}; this version runs 17.`,
    )
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { account, home } = chooseAccount(binaries.home, folder)
  const programs = programsIn(home)
  if (!made) initialise(folder, password, programs, account)
  return serve({ folder, log: path.join(dataDir, 'postgres.log'), password, binaries: programs, account })
}

interface Serving { folder: string, log: string, password: string, binaries: Binaries, account: Account }

async function serve(how: Serving): Promise<Cluster> {
  const port = await freePort()
  const child = launch(how, port)
  const pid = child.pid ?? 0
  child.once('error', () => undefined)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const killed = (): void => { child.kill('SIGINT') }
  process.once('exit', killed)
  const stopKeeping = keepShort(how.log)
  void ended.then(() => {
    stopKeeping()
    process.off('exit', killed)
  })
  await untilReady(how, child)
  const stop = async (): Promise<void> => {
    if (process.platform === 'win32') spawnSync(how.binaries.pgCtl, ['stop', '-D', how.folder, '-m', 'fast', '-w'])
    else if (child.exitCode === null && child.signalCode === null)
      await Promise.race([ended, stopServer(pid, how.folder)])
    await ended
  }
  return { url: urlOf(port, how.password), pid, ended, stop }
}

function launch(how: Serving, port: number): ChildProcess {
  putLogAside(how.log)
  const log = openSync(how.log, 'a', 0o600)
  const [program, ...args] = [
    ...how.account.prefix,
    ...leash(),
    how.binaries.postgres,
    '-D',
    how.folder,
    '-p',
    String(port),
    ...SETTINGS.flatMap(setting => ['-c', setting]),
  ]
  try {
    // Its own process group: Ctrl-C must reach us first, so that requests end before the database does.
    return spawn(program!, args, {
      ...accountOptions(how.account),
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, LC_ALL: 'C' },
    })
  }
  finally {
    closeSync(log)
  }
}

/** Where the system can do it, the server ends with us, however we end: a killed test leaves no database behind. */
function leash(): string[] {
  const words = ['setpriv', '--pdeathsig', 'INT']
  return process.platform === 'linux' && spawnSync(words[0]!, [...words.slice(1), 'true']).status === 0 ? words : []
}

async function untilReady(how: Serving, child: ChildProcess): Promise<void> {
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const now = readPostmaster(how.folder)
    if (now !== null && now.pid === child.pid && now.ready) return
    await sleep(15)
  }
  const said = existsSync(how.log)
    ? readFileSync(how.log, 'utf8').split('\n').filter(line => /FATAL|PANIC|ERROR/.test(line)).at(-1)
    : undefined
  throw new StartFailure(
    'data_folder',
    `PostgreSQL cannot run on ${how.folder}: ${
      said?.replace(/^.*?(?:FATAL|PANIC|ERROR):\s*/, '') ?? `see ${how.log}`
    }. Put a backup back, or start with --fresh.`,
  )
}

function urlOf(port: number, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}
