import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { firstLine, StartFailure } from '../failure.ts'
import { accountOptions, handOver } from './account.ts'

/**
 * Makes a new cluster in `folder`, which must be missing or empty. The cluster is made in a folder beside it and moved
 * there when it is whole, so an interrupted first start leaves nothing that looks like a database.
 * Throws StartFailure `data_folder` with the first line of what initdb printed.
 */
export function initialise(folder: string, password: string, binaries: Binaries, account: Account): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new StartFailure(
      'data_folder',
      `${folder} holds files but no PostgreSQL database. Put a backup back, or start with --fresh.`,
    )
  }
  const making = `${folder}.new`
  const secret = path.join(path.dirname(folder), 'initdb-password')
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o700 })
  writeFileSync(secret, `${password}\n`, { mode: 0o600 })
  handOver(account, secret, making)
  const made = runInitdb(making, secret, binaries, account)
  rmSync(secret, { force: true })
  if (made.status !== 0) {
    throw new StartFailure(
      'data_folder',
      `A new database cannot be made in ${folder}: ${firstLine(made.stderr || made.error || made.stdout)}`,
    )
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(making, folder)
}

function runInitdb(
  folder: string,
  secret: string,
  binaries: Binaries,
  account: Account,
): { status: number | null, stderr: string, stdout: string, error?: Error } {
  const [program, ...args] = [
    ...account.prefix,
    binaries.initdb,
    `--pgdata=${folder}`,
    `--pwfile=${secret}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres's own C.UTF-8 sorts texts alike on every system, whatever locales the system has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--lc-messages=C',
  ]
  return spawnSync(program!, args, { ...accountOptions(account), encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
}
