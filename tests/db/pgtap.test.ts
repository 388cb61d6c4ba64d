import type { PGlite } from '@electric-sql/pglite'
import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bootPglite, loadHelpers } from './pglite.ts'

const folder = new URL('../../supabase/tests/database/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const files = readdirSync(folder).filter(name => name.endsWith('.test.sql')).sort()

interface Tap { planned: number | null, run: number, failures: string[] }

/** Reads TAP: the plan, how many tests ran, and each `not ok` with its diagnostics. */
function parseTap(lines: string[]): Tap {
  const tap: Tap = { planned: null, run: 0, failures: [] }
  let failing = false
  for (const line of lines) {
    const plan = /^1\.\.(\d+)/.exec(line)
    if (plan)
      tap.planned = Number(plan[1])
    if (/^(?:not )?ok \d+/.test(line)) {
      tap.run++
      failing = line.startsWith('not ok')
      if (failing)
        tap.failures.push(line)
    }
    else if (failing && line.startsWith('#')) {
      tap.failures.push(line)
    }
  }
  return tap
}

/** Runs one file in a transaction that is rolled back; answers its TAP and whether it ever acted as somebody. */
async function runFile(db: PGlite, name: string): Promise<{ tap: Tap, acted: boolean }> {
  const body = read(name).replace(/^begin;$/m, '').replace(/^rollback;$/m, '')
  await db.exec('begin')
  try {
    const answers = await db.exec(body, { rowMode: 'array' })
    const lines = answers.flatMap(a =>
      a.rows.flatMap(row =>
        (row as unknown as unknown[]).filter(v => typeof v === 'string').flatMap(v => v.split('\n')),
      ),
    )
    const { rows } = await db.query<{ acted: string | null }>(`select current_setting('tests.acted', true) as acted`)
    return { tap: parseTap(lines), acted: rows[0]!.acted === 'yes' }
  }
  finally { await db.exec('rollback') }
}

const VARIANTS = [
  { grants: 'locked', variant: 'locked by default', legacy: false },
  { grants: 'legacy', variant: 'with the default grants of older Supabase projects', legacy: true },
]
/** Grants do not depend on the hour: where the clock is moved one variant is enough, and a whole run takes turns. */
const GRANTS = process.env.REDWHISTLE_GRANTS ?? (process.env.REDWHISTLE_TEST_NOW ? 'locked' : 'both')

describe.each(VARIANTS.filter(v => [v.grants, 'both'].includes(GRANTS)))('pgTAP, $variant', ({ legacy }) => {
  let db: PGlite
  beforeAll(async () => {
    db = await bootPglite({ legacy })
    await loadHelpers(db)
  })
  afterAll(async () => db?.close())

  it.each(files)('%s', async (name) => {
    const { tap, acted } = await runFile(db, name)
    expect(tap.failures.join('\n')).toBe('')
    expect(tap.run, 'tests run against the plan').toBe(tap.planned)
    expect(acted, 'acts as somebody: the owner of the database is above row-level security').toBe(true)
  })
})
