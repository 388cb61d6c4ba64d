import { execFile } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { CASES } from './deliver/cases.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const DENO = path.join(ROOT, 'node_modules/deno/bin.cjs')
const SCRIPT = path.join(import.meta.dirname, 'deliver/runInDeno.ts')

describe('the sender under Node', () => {
  it.each(CASES)('$name', ({ run }) => run())
})

describe('the sender under Deno, which fetches nothing from anywhere', () => {
  let deno: string | null
  const faults = new Map<string, string | null>()
  beforeAll(async () => {
    const offline = ['--no-remote', '--cached-only', '--no-lock', '--node-modules-dir=manual']
    const rights = ['--allow-net=127.0.0.1', '--allow-env', '--allow-read']
    const args = [DENO, 'run', ...offline, ...rights, SCRIPT]
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: ROOT,
      // hosted functions run in UTC, a server of one's own anywhere
      env: { ...process.env, NO_COLOR: '1', TZ: 'America/Los_Angeles' },
    })
    const said = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
      deno: string | null,
      results: [string, string | null][],
    }
    deno = said.deno
    for (const [name, fault] of said.results) faults.set(name, fault)
  })
  it('is Deno 2', () => expect(deno).toMatch(/^2\./))
  it.each(CASES)('$name', ({ name }) => expect(faults.get(name)).toBeNull())
})
