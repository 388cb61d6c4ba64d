import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { clock } from '../tests/clock.ts'
import { baselineText, MIGRATIONS, migrations } from './schema/files.ts'
import { differenceText } from './schema/pgDelta.ts'

const HELP = `npm run migration -- <name>
  writes the next file of supabase/migrations: what brings a database made by the migrations to supabase/schemas.
  Read it before you commit it: it cannot know that a column was renamed, or what the rows that are there need
npm run migration -- --baseline
  replaces all migrations by one baseline; only while none of them has been applied to a deployed database`

/** The number of a migration as the Supabase CLI makes it, the time in UTC: `20261128175500`. */
function stampOf(now: number): string {
  return new Date(now).toISOString().replaceAll(/\D/g, '').slice(0, 14)
}

async function main(): Promise<number> {
  const { values, positionals: [name] } = parseArgs({
    allowPositionals: true,
    options: { baseline: { type: 'boolean' } },
  })
  const file = (what: string): string => path.join(MIGRATIONS, `${stampOf(clock.now())}_${what}.sql`)
  if (values.baseline) {
    const all = migrations().map(old => path.join(MIGRATIONS, old.name))
    for (const old of all) rmSync(old)
    writeFileSync(all.find(old => old.endsWith('_baseline.sql')) ?? file('baseline'), baselineText())
    return 0
  }
  if (name === undefined || !/^\w+$/.test(name)) {
    console.log(HELP)
    return 2
  }
  const text = await differenceText()
  if (text === '') {
    console.log('supabase/migrations already makes what supabase/schemas says')
    return 0
  }
  writeFileSync(file(name), text)
  console.log(`wrote ${file(name)}; read it`)
  return 0
}

process.exitCode = await main()
