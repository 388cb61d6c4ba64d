import type { Db } from './database/db.ts'
import { kindOf } from './failure.ts'

/** Milliseconds between two ticks; production has pg_cron at the same pace. */
const PACE = 5_000

/** Advances everything that time advances, every 5 s, one tick at a time, and cleans up and checks once a day. Errors are logged once each and never stop it. */
export function startTick(db: Db, log: (line: string) => void): { stop: () => Promise<void> } {
  let stopped = false
  let said = ''
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const once = async (): Promise<void> => {
    try {
      await db.query('select private.tick(now())')
      const [nightly] = await db.query<{ findings: unknown[] | null }>('select private.nightly(now()) as findings')
      if (nightly?.findings?.length) log(`The nightly self-check found: ${JSON.stringify(nightly.findings)}`)
      said = ''
    }
    catch (error) {
      const line = kindOf(error)
      if (!stopped && line !== said) log(`The tick failed: ${line}`)
      said = line
    }
  }
  const next = (): void => {
    if (stopped) return
    timer = setTimeout(() => { running = once().then(next) }, PACE)
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
