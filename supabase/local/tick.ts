import type { Db } from './database/db.ts'
import type { Loop } from './every.ts'
import { every } from './every.ts'

/** Milliseconds between two ticks; production has pg_cron at the same pace. */
const PACE = 5_000

/** Advances everything that time advances, every 5 s, one tick at a time, and cleans up and checks once a day. */
export function startTick(db: Db, log: (line: string) => void): Loop {
  const tick = async (): Promise<void> => {
    await db.query('select private.tick(now())')
    const [nightly] = await db.query<{ findings: unknown[] | null }>('select private.nightly(now()) as findings')
    if (nightly?.findings?.length) log(`The nightly self-check found: ${JSON.stringify(nightly.findings)}`)
  }
  return every(PACE, tick, what => log(`The tick failed: ${what}`))
}
