import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const all = ['src/**/*.test.ts', 'tests/**/*.test.ts', 'supabase/**/*.test.ts']
/**
 * A whole run repeats the SQL tests and the intents at two other moments: evenings, when a shift of tomorrow is less
 * than a rest away, at the end of a year and of a month. `npm run hours` has more moments.
 */
const HOURS = ['2026-12-31T20:30+08:00', '2027-02-28T19:55+08:00']
const repeated = [
  'tests/db/parity.test.ts',
  'tests/db/pgtap.test.ts',
  'tests/db/plan.test.ts',
  'tests/sync/intents.test.ts',
  'tests/sync/handover.test.ts',
]

const moved = (instant: string) => ({
  extends: true,
  test: { name: instant, include: repeated, env: { REDWHISTLE_TEST_NOW: instant } },
} as const)

/**
 * Unit tests stand beside the code. tests/db and tests/sync run SQL in PGlite, tests/postgres in a Postgres 17, and
 * tests/e2e runs the app in Chromium.
 */
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
