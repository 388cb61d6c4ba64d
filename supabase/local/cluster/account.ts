import { spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { StartFailure } from '../failure.ts'

/** How Postgres programs are run. Postgres refuses to run as root, so root runs it under the account `postgres`. */
export interface Account {
  /** The account that must own the files; undefined = the person who started us. */
  owner?: { uid: number, gid: number }
  /** Words that stand before the program on the command line. */
  prefix: readonly string[]
}

/** Capabilities that let the account walk through a private folder such as /root, the smaller first. */
const CAPABILITIES = ['dac_read_search', 'dac_override'] as const

/**
 * Chooses the account that runs the programs of `home` (bin, lib, share) on `folder`, and the home it runs them from.
 * `folder` must exist; it is given to the account.
 * Throws StartFailure `no_postgres` if root cannot make such an account, or the account cannot reach the files.
 */
export function chooseAccount(home: string, folder: string): { account: Account, home: string } {
  if (process.getuid?.() !== 0) return { account: { prefix: [] }, home }
  const owner = postgresIds()
  giveAll(owner, folder)
  const plain: Account = { owner, prefix: [] }
  const reachable = reaches(plain, home) ? home : copyPrograms(home)
  if (reaches(plain, folder)) return { account: plain, home: reachable }
  const capable = CAPABILITIES.map(one => accountWith(one, owner)).find(account => reaches(account, folder))
  if (capable !== undefined) return { account: capable, home: reachable }
  throw new StartFailure(
    'no_postgres',
    `The account postgres, which root must use for the database, cannot reach ${folder}. `
    + 'Start as an ordinary person, or set REDWHISTLE_DATA to a folder outside of private ones.',
  )
}

function accountWith(capability: string, owner: { uid: number, gid: number }): Account {
  return {
    owner,
    prefix: [
      'setpriv',
      `--reuid=${owner.uid}`,
      `--regid=${owner.gid}`,
      '--clear-groups',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
    ],
  }
}

/**
 * Copies the programs to a folder that every account reaches. Postgres asks access(2) whether it may run its own
 * programs, and access(2) ignores the capabilities above.
 */
function copyPrograms(home: string): string {
  const origin = path.dirname(home)
  const copy = path.join('/var/lib/redwhistle', `${path.basename(origin)}-${programsVersion(origin)}`)
  if (existsSync(copy)) return copy
  const making = `${copy}.${process.pid}`
  cpSync(home, making, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(making, copy)
  }
  catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function programsVersion(origin: string): string {
  const version: unknown = JSON.parse(readFileSync(path.join(origin, 'package.json'), 'utf8')).version
  return String(version)
}

/** Gives a whole folder to the account: an earlier start may have run under another one. */
function giveAll(owner: { uid: number, gid: number }, folder: string): void {
  if (statSync(folder).uid !== owner.uid) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, folder])
}

/** Gives files to the account; does nothing where programs run as the person who started us. */
export function handOver(account: Account, ...files: string[]): void {
  if (account.owner === undefined) return
  for (const file of files) chownSync(file, account.owner.uid, account.owner.gid)
}

function postgresIds(): { uid: number, gid: number } {
  const known = idsOf('postgres')
  if (known !== null) return known
  spawnSync('groupadd', ['--system', 'postgres'])
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '-g', 'postgres', 'postgres'])
  const made = idsOf('postgres')
  if (made === null) {
    throw new StartFailure(
      'no_postgres',
      'PostgreSQL does not run as root, and the account postgres could not be made. Start as an ordinary person.',
    )
  }
  return made
}

function idsOf(name: string): { uid: number, gid: number } | null {
  const [uid, gid] = ['-u', '-g'].map(flag =>
    Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10),
  )
  return uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid) ? null : { uid, gid }
}

function reaches(account: Account, folder: string): boolean {
  const [program, ...args] = [...account.prefix, 'test', '-e', path.join(folder, '.')]
  return spawnSync(program!, args, accountOptions(account)).status === 0
}

/** The spawn options that run a program under this account. */
export function accountOptions(account: Account): { uid?: number, gid?: number } {
  return account.owner === undefined || account.prefix.length > 0 ? {} : account.owner
}
