import type pg from 'pg'
import type { World } from '../db/world.ts'
import type { TempBackend } from '../e2e/harness.ts'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'
import { text } from '../../supabase/local/http/answer.ts'
import { pages } from '../../supabase/local/http/pages.ts'
import { staticFiles } from '../../supabase/local/http/static-files.ts'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { actor, openPool, PASSWORD } from '../e2e/cast.ts'
import { startTemp, tempFolder } from '../e2e/harness.ts'

/** The page without screens lies below a path that the app's service worker leaves alone. */
export const CORE_PATH = '/b/core/'
/** A person with an account; `session` is what supabase-js keeps of a sign-in. */
export interface Somebody { login: string, name: string, session: string }

/** A server that serves the built app and the page without screens, with a community and shifts. */
export interface Stage {
  url: string
  shifts: string[]
  /** Rows of one statement as the superuser. */
  rows: <T>(text: string, params?: unknown[]) => Promise<T[]>
  /** One more volunteer with an account. */
  somebody: () => Promise<Somebody>
  close: () => Promise<void>
}

async function buildCore(outDir: string): Promise<void> {
  await build({
    root: path.join(import.meta.dirname, 'page'),
    base: CORE_PATH,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  })
}

async function makePerson(pool: pg.Pool, backend: TempBackend, world: World, n: number): Promise<Somebody> {
  const key = backend.publishableKey
  const home = world.buildings[n % 2]!
  const { login, name } = await actor(pool, backend.url, key, world.community, `kill${n}`, `志愿者${n}`, home)
  const body = JSON.stringify({ email: `ukill${n}@login.invalid`, password: PASSWORD })
  const answer = await fetch(`${backend.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { 'apikey': key, 'content-type': 'application/json' },
    body,
  })
  return { login, name, session: await answer.text() }
}

/** Builds both pages and starts the server on a folder of its own. */
export async function openStage(): Promise<Stage> {
  const core = await tempFolder()
  await Promise.all([ensureBuilt(PROJECT_ROOT, () => undefined), buildCore(core)])
  const app = pages(staticFiles(path.join(PROJECT_ROOT, 'dist')))
  const own = staticFiles(core)
  const backend = await startTemp({ page: async () => async (request, response, urlPath) => {
    if (!urlPath.startsWith(CORE_PATH)) return app(request, response, urlPath)
    const found = await own(request, response, `/${urlPath.slice(CORE_PATH.length) || 'index.html'}`)
    return found ? null : text(404, 'Not found')
  } })
  const pool = openPool(backend.dataDir)
  const world = await makeWorld(pool, 0)
  const shifts: string[] = []
  for (let i = 0; i < 12; i++)
    shifts.push(await makeShift(pool, world, new Date(clock.now() + (i * 2 - 1) * 3_600_000), 2, i % 3 === 0 ? 50 : 2))
  let people = 0
  return {
    url: backend.url,
    shifts,
    rows: async <T>(text: string, params: unknown[] = []) => (await pool.query(text, params)).rows as T[],
    somebody: () => makePerson(pool, backend, world, ++people),
    async close() {
      await pool.end()
      await backend.discard()
      await rm(core, { recursive: true, force: true })
    },
  }
}
