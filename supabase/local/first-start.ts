import type { Auth } from './auth.ts'
import type { Keys } from './data-folder.ts'
import type { Db } from './database/db.ts'
import type { DemoReport } from './demo/tools.ts'
import { randomInt } from 'node:crypto'
import { firstLine, StartFailure } from './failure.ts'

/** What the first start needs of a server that starts. */
export interface FirstStart {
  db: Db
  auth: Auth
  keys: Keys
  url: string
  /** Can other machines reach this server? Then its notice of that prints the demonstration's sign-ins. */
  open: boolean
  demo: 'yes' | 'no' | 'first'
  log: (line: string) => void
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
    const report = await makeDemo(start)
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

/** Runs the demo generator and prints its sign-ins. */
async function makeDemo(start: FirstStart): Promise<DemoReport> {
  // loaded only now: most starts make no demo and do not need the importers behind it
  const { seedDemo } = await import('./demo/seed.ts')
  start.log('First start: making the demo community …')
  const report = await seedDemo({
    db: start.db,
    baseUrl: start.url,
    signUp: async (email, password) => signUp(start, email, password),
    newPassword,
    now: new Date(),
  })
  if (!start.open) demoLines(start.url, report).forEach(start.log)
  return report
}

async function signUp({ auth, keys }: FirstStart, email: string, password: string): Promise<string> {
  const answer = await auth.fetch(new Request('http://localhost/auth/v1/signup', {
    method: 'POST',
    headers: { 'apikey': keys.publishable_key, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  }))
  const { user, msg } = await answer.json() as { user?: { id: string }, msg?: string }
  if (user === undefined) throw new Error(`sign-up answered ${answer.status} ${msg ?? ''}`)
  return user.id
}

/** Twelve characters without look-alikes: 58 bits. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
}

/** The demonstration's sign-ins, one door and one wall, as the terminal shows them. */
export function demoLines(url: string, { sign_ins, resident_code, wall_code }: DemoReport): string[] {
  return [
    ...sign_ins.map(({ label, name, password }) => `  ${label}: ${name} / ${password}`),
    `  resident: ${url}/b/${resident_code}`,
    `  courier: ${url}/report?code=${wall_code}`,
  ]
}
