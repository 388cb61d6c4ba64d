import type { Db } from './database/db.ts'
import type { Loop } from './every.ts'
import { every } from './every.ts'

/** Milliseconds between two ticks; on Supabase pg_cron ticks at the same pace. */
const PACE = 5_000

/** Every 5 s runs what is due (`private.tick`), one tick at a time, and once a day `private.nightly`. */
export function startTick(db: Db, log: (line: string) => void): Loop {
  const tick = async (): Promise<void> => {
    await db.query('select private.tick(now())')
    const [nightly] = await db.query<{ findings: unknown[] | null }>('select private.nightly(now()) as findings')
    if (nightly?.findings?.length)
      log(`The nightly self-check found (docs/deploy.md says what to do): ${JSON.stringify(nightly.findings)}`)
  }
  return every(PACE, tick, what => log(`The tick failed, trying again in ${PACE / 1000} s: ${what}`))
}
