import type { Db } from './database/db.ts'
import type { DemoStart } from './demo.ts'
import type { DemoReport } from './demo/tools.ts'
import { seedDemoOnce } from './demo.ts'
import { firstLine, StartFailure } from './failure.ts'

export interface FirstStart extends DemoStart {
  demo: 'yes' | 'no' | 'first'
}

/**
 * Does what happens once per database: makes the demo community, or prints the link that makes the first admin.
 * Throws StartFailure: `bad_option` for --demo on a database with other data, `database` if the demo is half made.
 */
export async function firstStart(start: FirstStart): Promise<void> {
  const [state] = await start.db.query<{ value: string }>(
    `select value #>> '{}' as value from local.fact where key = 'first_start'`,
  )
  if (state?.value === 'seeding') {
    throw new StartFailure(
      'database',
      'Making the demo data was interrupted last time. Start with --fresh to make it again.',
    )
  }
  if (state !== undefined) return refuseDemo(start)
  if (start.demo === 'no') return printSetupLink(start)
  await note(start.db, 'first_start', 'seeding')
  try {
    const report = await seedDemoOnce(start)
    await note(start.db, 'demo', report)
  }
  catch (error) {
    throw new StartFailure(
      'database',
      `The demo data cannot be made: ${firstLine(error)}. Start with --fresh to try again, or with --fresh --no-demo.`,
      error,
    )
  }
  await note(start.db, 'first_start', 'done')
}

/** The demo's sign-ins and door code; null on a database with real data. */
export async function readDemo(db: Db): Promise<DemoReport | null> {
  const [row] = await db.query<{ value: DemoReport }>(`select value from local.fact where key = 'demo'`)
  return row?.value ?? null
}

/** Makes a one-time link that makes an admin's login within 24 hours. Throws StartFailure `database`. */
export async function setupLink(db: Db, url: string): Promise<string> {
  const [found] = await db.query<{ ready: boolean }>(
    `select to_regprocedure('private.new_setup_token()') is not null as ready`,
  )
  if (found?.ready !== true) {
    throw new StartFailure(
      'database',
      'This database holds no Redwhistle yet: run npm start once, or apply the migrations.',
    )
  }
  const [row] = await db.query<{ token: string }>('select private.new_setup_token() as token')
  if (row === undefined) throw new StartFailure('database', 'The database made no setup token.')
  return `${url}/setup#${row.token}`
}

async function printSetupLink(start: FirstStart): Promise<void> {
  const link = await setupLink(start.db, start.url)
  await note(start.db, 'first_start', 'done')
  start.log(`First start: make the first admin's login within 24 hours at ${link}`)
}

async function refuseDemo(start: FirstStart): Promise<void> {
  if (start.demo === 'yes' && await readDemo(start.db) === null) {
    throw new StartFailure(
      'bad_option',
      'This database holds real data, and demo data never mixes with it. '
      + 'Use --fresh --demo, or another REDWHISTLE_DATA.',
    )
  }
}

async function note(db: Db, key: string, value: unknown): Promise<void> {
  await db.query(
    `insert into local.fact (key, value) values ($1, $2::text::jsonb)
    on conflict (key) do update set value = excluded.value`,
    [key, JSON.stringify(value)],
  )
}
