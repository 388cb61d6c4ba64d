import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isServing, readPostmaster, refuseSecondServer, stopServer } from './cluster/postmaster.ts'
import { firstLine, StartFailure } from './failure.ts'

/** The secrets of one data folder: made at its first use, stored in `keys.json` (mode 600). */
export interface Keys {
  jwt_secret: string
  publishable_key: string
  database_password: string
}

/** An open data folder. */
export interface DataFolder {
  path: string
  keys: Keys
  /** True when this call made the keys. */
  made: boolean
}

/**
 * Opens the data folder with its keys; makes both if they are missing.
 * Throws StartFailure `data_folder` if the folder cannot be read or written, or its keys are lost or damaged.
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const file = path.join(folder, 'keys.json')
  try {
    await mkdir(folder, { recursive: true })
    // Started by root, Postgres runs under an account of its own, which must reach its folder inside this one.
    await chmod(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
    if (existsSync(file)) return { path: folder, keys: parseKeys(await readFile(file, 'utf8'), file), made: false }
    if (existsSync(path.join(folder, 'pg')) || existsSync(path.join(folder, 'pglite'))) {
      throw new StartFailure(
        'data_folder',
        `${file} is missing, so the database beside it cannot be opened. Put it back, or start with --fresh.`,
      )
    }
    const keys = makeKeys()
    await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    return { path: folder, keys, made: true }
  }
  catch (error) {
    if (error instanceof StartFailure) throw error
    throw new StartFailure('data_folder', `The data folder ${folder} cannot be used: ${firstLine(error)}`, error)
  }
}

/**
 * Renames a data folder to `<folder>.<UTC timestamp>`; answers the new path, or null if there is no such folder.
 * Throws StartFailure `data_folder` if the new name is taken.
 */
async function putAside(folder: string, now: Date): Promise<string | null> {
  if (!existsSync(folder)) return null
  const aside = `${folder}.${now.toISOString().replace(/\.\d+Z$/, '').replaceAll(/[-:]/g, '').replace('T', '-')}`
  if (existsSync(aside)) throw new StartFailure('data_folder', `${aside} exists already; wait a second and try again.`)
  await rename(folder, aside)
  return aside
}

/**
 * `--fresh`: stops a database server that a killed run left behind, renames the data folder and says so.
 * Throws StartFailure `data_folder_in_use` if a running Redwhistle uses it.
 */
export async function retire(dataDir: string, log: (line: string) => void): Promise<void> {
  const cluster = path.join(dataDir, 'pg')
  const left = readPostmaster(cluster)
  if (left !== null && isServing(left.pid, cluster)) {
    const { keys } = await openDataFolder(dataDir)
    await refuseSecondServer(`postgres://postgres:${keys.database_password}@127.0.0.1:${left.port}/postgres`, dataDir)
    await stopServer(left.pid, cluster)
  }
  const aside = await putAside(dataDir, new Date())
  if (aside !== null) log(`--fresh: the data folder is now ${aside}; nothing was deleted.`)
}

function makeKeys(): Keys {
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url')
  return {
    jwt_secret: random(48),
    publishable_key: `sb_publishable_${random(17).slice(0, 22)}_${random(6)}`,
    database_password: random(24),
  }
}

function parseKeys(text: string, file: string): Keys {
  try {
    const value: unknown = JSON.parse(text)
    if (isKeys(value)) return value
  }
  catch {}
  throw new StartFailure('data_folder', `${file} is damaged. Put a good copy back, or start with --fresh.`)
}

function isKeys(value: unknown): value is Keys {
  if (typeof value !== 'object' || value === null) return false
  return ['jwt_secret', 'publishable_key', 'database_password'].every(key =>
    typeof Reflect.get(value, key) === 'string' && Reflect.get(value, key) !== '',
  )
}
