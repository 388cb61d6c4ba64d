import type { Count } from './vitest.ts'
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { clock } from '../tests/clock.ts'
import { findBrowser } from './browser.ts'
import { runVitest } from './vitest.ts'

/** What runs in one process, where the whole world follows the tests' clock: SQL in PGlite, sync, the model, the demonstration. */
const TIERS = ['tests/db', 'tests/sync', 'tests/model', 'supabase/local/demo']
/** Every hour of a day in Shanghai, five minutes before it ends; then the dates a calendar stumbles over. */
const HOURS = Array.from({ length: 24 }, (_, h) => `2026-11-25T${String(h).padStart(2, '0')}:55+08:00`)
/** … and a minute in which shifts end while the demonstration is being made. */
const DATES = [
  '2026-11-25T01:59:46+08:00',
  '2026-12-31T23:55+08:00',
  '2027-02-28T20:30+08:00',
  '2028-02-29T19:55+08:00',
  '2027-09-30T22:10+08:00',
]
/** When the whole suite runs, browsers and Postgres too. */
const WHOLE = ['2026-11-25T03:10+08:00', '2026-11-25T19:55+08:00', '2026-12-31T23:55+08:00']
/** Stories for each of 28 moments; the full number runs with `npm test`. */
const FEW = { SIM_RUNS: '40', MODEL_RUNS: '60' }

function tell(what: string, started: number, { passed, failed, names }: Count): boolean {
  console.log(
    `${what} | ${passed} passed, ${failed} failed | ${((performance.now() - started) / 1000).toFixed(0)} s${
      names.map(n => `\n    ${n}`).join('')
    }`,
  )
  return failed === 0
}

/** The one-process tiers with the tests' clock at an instant; nothing to install. */
async function tiersAt(instant: string): Promise<boolean> {
  const started = performance.now()
  return tell(
    instant,
    started,
    await runVitest({ args: TIERS, env: { ...FEW, REDWHISTLE_TEST_NOW: instant }, loud: false }),
  )
}

/**
 * The whole suite with the clock of every process moved by faketime: Postgres and the browser are processes of their own. It is told how far,
 * not where to: a process that cannot read what the first one noted (Postgres under another account) would begin at that instant again.
 */
async function wholeAt(instant: string): Promise<boolean> {
  const started = performance.now()
  const seconds = Math.round((Date.parse(instant) - clock.now()) / 1000)
  const env = { TZ: 'UTC', CHROME_PATH: await findBrowser() }
  const under = ['faketime', '-f', `${seconds < 0 ? '' : '+'}${seconds}`]
  return tell(`whole suite, ${instant}`, started, await runVitest({ args: [], under, env, loud: false }))
}

/** `npm run hours [-- --tiers | --whole] [--at <instant>]`: everything that could depend on the hour, at every hour; either half, or one instant of it. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { at: { type: 'string', multiple: true }, tiers: { type: 'boolean' }, whole: { type: 'boolean' } },
  })
  const faketime = spawnSync('faketime', ['--version']).status === 0
  let sound = true
  if (!values.whole) {
    for (const at of values.at ?? [...HOURS, ...DATES]) sound = await tiersAt(at) && sound
  }
  if ((values.tiers || values.at) && !values.whole) return sound ? 0 : 1
  if (!faketime) {
    console.log(
      'NOT RUN: the whole suite at three hours needs faketime (apt install faketime), because Postgres and the browser have the clock of the machine.',
    )
    return 3
  }
  for (const at of values.at ?? WHOLE) sound = await wholeAt(at) && sound
  return sound ? 0 : 1
}

process.exitCode = await main()
