import type { Count } from './vitest.ts'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { clock } from '../tests/clock.ts'
import { findBrowser } from './browser.ts'
import { runVitest } from './vitest.ts'

/** The tests that run in one process, which follows the tests' clock: SQL in PGlite, sync, model, demonstration. */
const TIERS = ['tests/db', 'tests/sync', 'tests/model', 'supabase/local/demo']
/** Every hour of a day in Shanghai, five minutes before it ends. */
const HOURS = Array.from({ length: 24 }, (_, h) => `2026-11-25T${String(h).padStart(2, '0')}:55+08:00`)
/**
 * A minute in which shifts end while the demonstration is made, a Monday on which Sunday's night still runs, the night
 * after a month of 30 days, in which UTC is a month behind; then dates on which calendars go wrong.
 */
const DATES = [
  '2026-11-25T01:59:46+08:00',
  '2026-11-30T00:02+08:00',
  '2026-12-01T00:16+08:00',
  '2026-12-31T23:55+08:00',
  '2027-02-28T20:30+08:00',
  '2028-02-29T19:55+08:00',
  '2027-09-30T22:10+08:00',
]
/**
 * When the whole suite runs, with browsers and Postgres; the last from a Sunday into a Monday and a new year. All past:
 * a Postgres ahead of its machine never times out.
 */
const WHOLE = ['2026-11-25T04:55+08:00', '2026-11-25T19:55+08:00', '2023-12-31T23:52+08:00']
/** How many stories run at each moment; `npm test` runs the full number. */
const FEW = { SIM_RUNS: '40', MODEL_RUNS: '60' }

/** Prints the result of a run and its time; answers whether every test passed. */
function report(what: string, started: number, { passed, failed, names }: Count): boolean {
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const lines = [`${what} | ${passed} passed, ${failed} failed | ${seconds} s`, ...names.map(name => `    ${name}`)]
  console.log(lines.join('\n'))
  return failed === 0
}

/** Runs the one-process tests with their clock at an instant; needs nothing installed. */
async function tiersAt(instant: string): Promise<boolean> {
  const started = performance.now()
  const env = { ...FEW, REDWHISTLE_TEST_NOW: instant }
  return report(instant, started, await runVitest({ args: TIERS, env, loud: false }))
}

/**
 * Runs the whole suite under faketime, which moves the clock of every process: Postgres and the browser are processes
 * of their own. It gets an offset, not an instant: Postgres runs under another account, cannot read when the first
 * process started, and would begin at the instant again.
 */
async function wholeAt(instant: string): Promise<boolean> {
  const started = performance.now()
  const seconds = Math.round((Date.parse(instant) - clock.now()) / 1000)
  const env = { TZ: 'UTC', CHROME_PATH: await findBrowser() }
  const under = ['faketime', '-f', `${seconds < 0 ? '' : '+'}${seconds}`]
  return report(`whole suite, ${instant}`, started, await runVitest({ args: [], under, env, loud: false }))
}

/**
 * Removes what killed processes under faketime left in shared memory. It is named by the id of a process, and a
 * Postgres that gets such an id may not open what another account made: it would not start. Tests kill processes on
 * purpose, so it is swept all through a run.
 */
function sweepFaketime(): void {
  const memory = '/dev/shm'
  for (const name of existsSync(memory) ? readdirSync(memory) : []) {
    const pid = /^(?:sem\.)?faketime_(?:sem|shm)_(\d+)$/.exec(name)?.[1]
    if (pid && !isAlive(pid)) rmSync(`${memory}/${name}`, { force: true })
  }
}

/** Does a process of this id run? One that has ended and waits for its parent (Z) does not. */
function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  }
  catch { return false }
}

const NEEDS_FAKETIME = 'NOT RUN: the whole suite at three hours needs faketime (apt install faketime), because '
  + 'Postgres and the browser have the clock of the machine.'

/**
 * `npm run hours [-- --tiers | --whole] [--at <instant>]`: runs all that could depend on the hour, at every hour.
 * --tiers and --whole run one half, --at one instant. Answers the exit code.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { at: { type: 'string', multiple: true }, tiers: { type: 'boolean' }, whole: { type: 'boolean' } },
  })
  let passed = true
  if (!values.whole) {
    for (const at of values.at ?? [...HOURS, ...DATES]) passed = await tiersAt(at) && passed
  }
  if ((values.tiers || values.at) && !values.whole) return passed ? 0 : 1
  if (spawnSync('faketime', ['--version']).status !== 0) {
    console.log(NEEDS_FAKETIME)
    return 3
  }
  const sweeping = setInterval(sweepFaketime, 2000)
  for (const at of values.at ?? WHOLE) passed = await wholeAt(at) && passed
  clearInterval(sweeping)
  return passed ? 0 : 1
}

process.exitCode = await main()
