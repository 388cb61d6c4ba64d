import type { ChildProcess } from 'node:child_process'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import type { Backend, BackendOptions } from '../../supabase/local/backend.ts'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { BROWSER_ARGS, findBrowser } from '../../scripts/browser.ts'
import { startBackend } from '../../supabase/local/backend.ts'
import { ensureBuilt, PROJECT_ROOT } from '../../supabase/local/build.ts'

/** A phone held upright, and a desktop. CSS pixels. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }

export interface TempBackend extends Backend {
  dataDir: string
  /** Stops it and removes its data folder. */
  discard: () => Promise<void>
}

/** Makes an empty folder; the caller removes it. */
export async function tempFolder(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), 'redwhistle-e2e-'))
}

/** Starts the backend on a new data folder and a free port. */
export async function startTemp(options: Partial<BackendOptions> = {}): Promise<TempBackend> {
  // password hashes are slow on purpose; in tests that would cost minutes
  process.env.LITE_AUTH_BCRYPT_COST ??= '4'
  const parent = await tempFolder()
  const dataDir = path.join(parent, 'data')
  const backend = await startBackend({ dataDir, port: 0, ...options })
  const discard = async (): Promise<void> => {
    await backend.close()
    await rm(parent, { recursive: true, force: true })
  }
  return { ...backend, dataDir, discard }
}

/** The built app on a data folder of its own, and a browser; `close` ends both. */
export interface App { backend: TempBackend, browser: Browser, close: () => Promise<void> }

/** Starts the built app on a new data folder, and a browser. */
export async function startApp(options: Partial<BackendOptions> = {}): Promise<App> {
  await ensureBuilt(PROJECT_ROOT, () => undefined)
  const [backend, browser] = await Promise.all([startTemp(options), openBrowser()])
  const close = async (): Promise<void> => {
    await browser.close()
    await backend.discard()
  }
  return { backend, browser, close }
}

export async function openBrowser(...more: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: [...BROWSER_ARGS, ...more] })
}

/** Milliseconds a page may take for one step on a busy machine; a step that works takes a fraction of it. */
const PATIENCE = 60_000

/** Opens a browser profile in Chinese and Shanghai time. */
export async function profile(browser: Browser, url: string, device: BrowserContextOptions): Promise<BrowserContext> {
  const place = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
  const context = await browser.newContext({ ...device, ...place, baseURL: url })
  context.setDefaultTimeout(PATIENCE)
  return context
}

export interface StartedProcess {
  child: ChildProcess
  /** Lines of standard output and of standard error so far. */
  out: string[]
  err: string[]
  /** The address, once the server says it is ready. Rejects with its output when it ends before. */
  ready: Promise<string>
  /** Exit code; null when killed. */
  ended: Promise<number | null>
}

/** Runs `npm start` or another server script as a process, to test signals, kill -9 and exit codes. */
export function startProcess(
  args: readonly string[],
  env: Record<string, string>,
  script = 'supabase/local/start.ts',
): StartedProcess {
  const child = spawn(process.execPath, [path.join(PROJECT_ROOT, script), ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, LITE_AUTH_BCRYPT_COST: '4', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: string[] = []
  const err: string[] = []
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      out.push(line)
      const url = /^Redwhistle ready: (\S+)$/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
    })
    void ended.then(code => reject(new Error(`ended with ${code}: ${[...out, ...err].join(' | ')}`)))
  })
  ready.catch(() => undefined)
  createInterface({ input: child.stderr }).on('line', line => err.push(line))
  return { child, out, err, ready, ended }
}

/** Runs one statement as the owner of the database. */
export type RunStatement = (statement: string, parameters: string[]) => Promise<unknown>

const INVITATION = `insert into app.invitation (id, purpose, token_hash, email, role, expires_at)
  values (private.uuid_v7(), 'setup', private.hash_token($1), $2, 'admin', now() + interval '1 day')`

/** Makes a live invitation for an address, so that it may sign up. Answers the invitation's token. */
export async function inviteAddress(run: RunStatement, email: string): Promise<string> {
  const token = randomBytes(15).toString('hex').slice(0, 20)
  await run(INVITATION, [token, email])
  return token
}
