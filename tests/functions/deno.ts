import { execFile } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

const ROOT = path.resolve(import.meta.dirname, '../..')
const DENO = path.join(ROOT, 'node_modules/deno/bin.cjs')
const SCRIPT = path.join(import.meta.dirname, 'runInDeno.ts')

/** What became of the cases of a file under Deno: its version, and by name the fault of each case, null without. */
export interface DenoRun { deno: string | null, faults: Map<string, string | null> }

/**
 * Runs the cases of a file under Deno, which fetches nothing from anywhere.
 * @param cases the file, below tests/functions
 * @param name the function whose own deno.json says what its imports mean
 */
export async function runInDeno(cases: string, name: string): Promise<DenoRun> {
  const offline = ['--no-remote', '--cached-only', '--no-lock', '--node-modules-dir=manual']
  const rights = ['--allow-net=127.0.0.1', '--allow-env', '--allow-read']
  const config = ['--config', path.join(ROOT, 'supabase/functions', name, 'deno.json')]
  const args = [DENO, 'run', ...offline, ...rights, ...config, SCRIPT, path.join(import.meta.dirname, cases)]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    // hosted functions run in UTC, a server of one's own anywhere
    env: { ...process.env, NO_COLOR: '1', TZ: 'America/Los_Angeles' },
  })
  const said = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
    deno: string | null,
    results: [string, string | null][],
  }
  return { deno: said.deno, faults: new Map(said.results) }
}
