import type { StartedProcess } from './harness.ts'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { createClient } from '@supabase/supabase-js'
import pg from 'pg'
import { afterEach, beforeEach } from 'vitest'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { isServing, readPostmaster } from '../../supabase/local/cluster/postmaster.ts'
import { inviteAddress, startProcess, tempFolder } from './harness.ts'

/** A folder and an environment for each test, in which `npm start` runs as a process. */
export interface Box {
  folder: string
  env: Record<string, string>
  start: (...args: string[]) => StartedProcess
  /** Process number of the database of `<folder>/data`; 0: it has none. */
  postmasterPid: () => number
  /** Connection string of the database that runs in `<folder>/data`. */
  databaseUrl: () => Promise<string>
}

/** Makes a box for every test of the file, and ends all that was started in it. */
export function useBox(): Box {
  const started: StartedProcess[] = []
  const box: Box = {
    folder: '',
    env: {},
    start(...args) {
      const made = startProcess(args, this.env)
      started.push(made)
      return made
    },
    postmasterPid() {
      return readPostmaster(path.join(this.folder, 'data', 'pg'))?.pid ?? 0
    },
    async databaseUrl() {
      const dataDir = path.join(this.folder, 'data')
      const keys = JSON.parse(await readFile(path.join(dataDir, 'keys.json'), 'utf8')) as { database_password: string }
      const port = readPostmaster(path.join(dataDir, 'pg'))?.port
      return `postgres://postgres:${keys.database_password}@127.0.0.1:${port}/postgres`
    },
  }
  beforeEach(async () => {
    await ensureBuilt(PROJECT_ROOT, () => undefined)
    box.folder = await tempFolder()
    box.env = { REDWHISTLE_DATA: path.join(box.folder, 'data'), PORT: String(await freePort()), DATABASE_URL: '' }
  })
  afterEach(async () => {
    for (const { child } of started.splice(0)) child.kill('SIGKILL')
    await clear(box.folder)
  })
  return box
}

async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const postmaster = readPostmaster(path.join(folder, name, 'pg'))
    if (postmaster !== null && isServing(postmaster.pid, path.join(folder, name, 'pg')))
      process.kill(postmaster.pid, 'SIGQUIT')
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

export async function keyOf(url: string): Promise<string> {
  const config = await (await fetch(`${url}/config.json`)).json() as { publishable_key: string }
  return config.publishable_key
}

/** Invites an address and signs it up; answers the id of its login. */
export async function signUp(box: Box, url: string, email: string): Promise<string | undefined> {
  const owner = new pg.Client({ connectionString: box.env.DATABASE_URL || await box.databaseUrl() })
  await owner.connect()
  await inviteAddress(async (text, values) => owner.query(text, values), email)
  await owner.end()
  const { data } = await createClient(url, await keyOf(url)).auth.signUp({ email, password: 'correct horse' })
  return data.user?.id
}

/** Signs in; answers the login's id, undefined when it is not there. */
export async function signIn(url: string, email: string): Promise<string | undefined> {
  const { data } = await createClient(url, await keyOf(url)).auth.signInWithPassword({
    email,
    password: 'correct horse',
  })
  return data.user?.id
}
