import type { Db } from '../database/db.ts'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../database/postgres.ts'
import { StartFailure } from '../failure.ts'

/** What a running or killed server wrote about itself into its data folder. */
export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

/** Reads `postmaster.pid` of a cluster folder; null if the file is missing or unfinished. */
export function readPostmaster(folder: string): Postmaster | null {
  const file = path.join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0
    ? { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' }
    : null
}

/** Is this process alive and the database server of this folder? Systems use the number of an ended process again. */
export function isServing(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0)
  }
  catch {
    return false
  }
  return commandOf(pid).includes(folder)
}

/** Removes the file of a server that is gone: Postgres refuses to start if another process now has its number. */
export async function clearStale(folder: string): Promise<void> {
  await rm(path.join(folder, 'postmaster.pid'), { force: true })
}

/** Stops a server without losing anything committed and waits until it is gone; forces it after `within` ms. */
export async function stopServer(pid: number, folder: string, within = 30_000): Promise<void> {
  const end = Date.now() + within
  signal(pid, 'SIGINT')
  while (isServing(pid, folder) && Date.now() < end) await sleep(20)
  if (!isServing(pid, folder)) return
  signal(pid, 'SIGQUIT')
  while (isServing(pid, folder) && Date.now() < end + 5_000) await sleep(20)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  }
  catch {}
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (process.platform === 'win32')
      return execFileSync('wmic', ['process', 'where', `ProcessId=${pid}`, 'get', 'CommandLine'], { encoding: 'utf8' })
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  }
  catch {
    return ''
  }
}

/** The advisory lock of a Redwhistle that runs on a data folder. */
const LOCK = 7_294_173

/**
 * Takes the data folder for this process; false if another process holds it. The lock ends with the connection, and so
 * however the process ends.
 */
export async function holdFolder(db: Db): Promise<boolean> {
  const [row] = await db.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK])
  return row?.held === true
}

/**
 * Decides about a database server that already runs on a data folder. Returns if its Redwhistle was killed; throws
 * StartFailure `data_folder_in_use` if that one still runs.
 */
export async function refuseSecondServer(url: string, dataDir: string): Promise<void> {
  const db = connect(url, { max: 1, connectTimeout: 5 })
  try {
    if (await holdFolder(db)) return
  }
  catch {
    return // it refuses our connection: no Redwhistle runs on it, so it may be stopped
  }
  finally {
    await db.close()
  }
  throw folderInUse(dataDir)
}

/** The failure of a start on a data folder that a running Redwhistle uses. */
export function folderInUse(dataDir: string): StartFailure {
  return new StartFailure(
    'data_folder_in_use',
    `Redwhistle already runs on ${dataDir}. Stop it first, or set REDWHISTLE_DATA to another folder.`,
  )
}
