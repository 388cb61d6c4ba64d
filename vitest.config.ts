import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** unit: beside the code. db and sync: real SQL in PGlite. postgres: real Postgres 17. e2e: real Chromium. */
export default defineConfig({
  plugins: [vue()],
  define: { __APP_VERSION__: '"test"' },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'supabase/**/*.test.ts'],
  },
})
