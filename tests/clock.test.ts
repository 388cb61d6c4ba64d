import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
/** Files that may read a raw clock: the clock, what moves it, this file. Benches measure the machine, at any hour. */
const HOMES = ['tests/clock.ts', 'tests/moveClock.ts', 'tests/clock.test.ts']
const isTest = (file: string): boolean =>
  file.endsWith('.sql') || file.startsWith('tests/') || file.endsWith('.test.ts')

/** Raw clocks. The clock is tests/clock.ts in TypeScript; in SQL it is now(), the time of the transaction. */
const RAW = [
  ['Date.now', /\bDate\.now\b/],
  ['new Date()', /\bnew Date\(\)/],
  ['the wall clock in SQL', /\b(?:clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(/i],
  ['the day or hour of a session', /\b(?:current_date|current_time|current_timestamp|localtime|localtimestamp)\b/i],
] as const

/** Raw clocks in a text, as `line: what`. */
function rawClocks(text: string): string[] {
  return text.split('\n').flatMap((line, i) =>
    RAW.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${i + 1}: ${what}`),
  )
}

function testFiles(): string[] {
  const all = ['tests', 'src', 'supabase'].flatMap(top =>
    readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' }).map(f =>
      `${top}/${f.replaceAll(path.sep, '/')}`,
    ),
  )
  const written = all.filter(f =>
    /\.(?:ts|sql)$/.test(f) && isTest(f) && !/^supabase\/(?:migrations|schemas)\//.test(f),
  )
  return written.filter(f => !HOMES.includes(f) && !f.startsWith('tests/bench/'))
}

describe('the clock of the tests', () => {
  it('is the only one that tests read', () => {
    const found = testFiles().flatMap(file =>
      rawClocks(readFileSync(path.join(ROOT, file), 'utf8')).map(raw => `${file}:${raw}`),
    )
    expect(found).toEqual([])
  })

  it('is told apart from raw clocks', () => {
    expect(rawClocks('const a = new Date()\nDate.now() + 1\nnew Date(0)\nclock.now()')).toEqual([
      '1: new Date()',
      '2: Date.now',
    ])
    expect(rawClocks('select now();\nselect current_date;\nselect clock_timestamp ()')).toHaveLength(2)
  })

  it('can be set, runs on, and moves PGlite too', async () => {
    const set = '2027-02-28T19:55:00+08:00'
    const program = `import './tests/moveClock.ts'
      const { PGlite } = await import('@electric-sql/pglite')
      const pg = await PGlite.create()
      const { rows } = await pg.query('select now() as now')
      console.log(JSON.stringify([new Date(), rows[0].now, new Date() instanceof Date, new Date(0).getTime()]))
      process.exit()`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: ROOT,
      env: { ...process.env, REDWHISTLE_TEST_NOW: set },
      encoding: 'utf8',
    })
    const [here, there, isDate, zero] = JSON.parse(said) as [string, string, boolean, number]
    for (const at of [here, there]) expect(Math.abs(Date.parse(at) - Date.parse(set))).toBeLessThan(120_000)
    expect([isDate, zero]).toEqual([true, 0])
  })
})
