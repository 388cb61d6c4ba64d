import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Time zones that phones and servers are set to: here, the middle, far west and far east of the date line. */
export const ZONES = ['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Pacific/Niue', 'Pacific/Kiritimati'] as const

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs code in a process of its own that is set to a zone: a worker of a test run cannot change its zone.
 * @param zone of that process
 * @param code a module of TypeScript at the root of the project; what it exports as `answer` comes back
 */
export async function inZone<T>(zone: string, code: string): Promise<T> {
  const run = `${code.replace('export const answer =', 'const answer =')}\nconsole.log(JSON.stringify(await answer))`
  const env = { ...process.env, TZ: zone, NODE_OPTIONS: '' }
  const args = ['--input-type=module-typescript', '--no-warnings', '--eval', run]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env })
  return JSON.parse(stdout) as T
}
