import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const all = ['src/**/*.test.ts', 'tests/**/*.test.ts', 'supabase/**/*.test.ts']
/**
 * A whole run plays the SQL tests and the intents at two more moments than the hour it is: evenings, when a shift of tomorrow is less than
 * a rest away, and ends of a month and of a year. `npm run hours` has all the others.
 */
const HOURS = ['2026-12-31T20:30+08:00', '2027-02-28T19:55+08:00']
const onClock = [
  'tests/db/parity.test.ts',
  'tests/db/pgtap.test.ts',
  'tests/db/plan.test.ts',
  'tests/sync/intents.test.ts',
  'tests/sync/handover.test.ts',
]

const moved = (instant: string) => ({
  extends: true,
  test: { name: instant, include: onClock, env: { REDWHISTLE_TEST_NOW: instant } },
} as const)

/** unit: beside the code. db and sync: real SQL in PGlite. postgres: real Postgres 17. e2e: real Chromium. */
export default defineConfig({
  plugins: [vue()],
  define: { __APP_VERSION__: '"test"' },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    setupFiles: ['tests/moveClock.ts'],
    ...process.env.REDWHISTLE_TEST_HOURS
      ? { projects: [{ extends: true, test: { name: 'now', include: all } }, ...HOURS.map(moved)] }
      : { include: all },
  },
})
