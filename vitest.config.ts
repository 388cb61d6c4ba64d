import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const all = ['src/**/*.test.ts', 'tests/**/*.test.ts', 'supabase/**/*.test.ts']
/**
 * A whole run repeats the SQL tests and the intents at two other moments: evenings, when a shift of tomorrow is less
 * than a rest away, at the end of a year and of a month. `npm run hours` has more moments. The pgTAP files meet the
 * default grants of older Supabase projects in one of the three runs.
 */
const HOURS = [['2026-12-31T20:30+08:00', 'legacy'], ['2027-02-28T19:55+08:00', 'locked']] as const
const repeated = [
  'tests/db/parity.test.ts',
  'tests/db/pgtap.test.ts',
  'tests/db/plan.test.ts',
  'tests/sync/intents.test.ts',
  'tests/sync/handover.test.ts',
]

const now = { extends: true, test: { name: 'now', include: all, env: { REDWHISTLE_GRANTS: 'locked' } } } as const
const moved = ([instant, grants]: readonly [string, string]) => ({
  extends: true,
  test: { name: instant, include: repeated, env: { REDWHISTLE_TEST_NOW: instant, REDWHISTLE_GRANTS: grants } },
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
      ? { projects: [now, ...HOURS.map(moved)] }
      : { include: all },
  },
})
