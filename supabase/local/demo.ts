import type { Auth } from './auth.ts'
import type { Keys } from './data-folder.ts'
import type { Db } from './database/db.ts'
import type { DemoReport } from './demo/tools.ts'
import { randomInt } from 'node:crypto'

/** What it takes to make the demo community on a server that starts. */
export interface DemoStart {
  db: Db
  auth: Auth
  keys: Keys
  url: string
  /** Can other machines reach this server? Then its notice of that prints the demonstration's sign-ins. */
  open: boolean
  log: (line: string) => void
}

/** Runs the demo generator and prints its sign-ins. */
export async function seedDemoOnce(start: DemoStart): Promise<DemoReport> {
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

async function signUp({ auth, keys }: DemoStart, email: string, password: string): Promise<string> {
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

/** The demonstration's sign-ins and one door, as the terminal shows them. */
export function demoLines(url: string, { sign_ins, resident_code }: DemoReport): string[] {
  return [
    ...sign_ins.map(({ label, name, password }) => `  ${label}: ${name} / ${password}`),
    `  resident: ${url}/b/${resident_code}`,
  ]
}
