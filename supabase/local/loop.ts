import type { Db } from './database/db.ts'
import { kindOf } from './failure.ts'

/** Work that repeats. */
export interface Loop {
  /** Starts no further run; resolves when the run under way has ended. */
  stop: () => Promise<void>
}

/**
 * Runs `work` after each pause of `ms` milliseconds, one run at a time, until it is stopped.
 * A run that throws does not end the loop. `failed` gets the kind of the failure (`kindOf`: without its message, which
 * may quote somebody), and gets it once until a run succeeds or fails in another way. A run that fails while the loop
 * is being stopped is not reported: connections close at that time.
 */
export function every(ms: number, work: () => Promise<void>, failed: (what: string) => void): Loop {
  let stopped = false
  let reported = ''
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const once = async (): Promise<void> => {
    try {
      await work()
      reported = ''
    }
    catch (error) {
      const what = kindOf(error)
      if (!stopped && what !== reported) failed(what)
      reported = what
    }
  }
  const pause = (): void => {
    if (!stopped) timer = setTimeout(() => { running = once().then(pause) }, ms)
  }
  pause()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** Milliseconds between two ticks; on Supabase pg_cron ticks at the same pace. */
const TICK_PACE = 5_000

/** Every 5 s runs what is due (`private.tick`), one tick at a time, and once a day `private.nightly`. */
export function startTick(db: Db, log: (line: string) => void): Loop {
  const tick = async (): Promise<void> => {
    await db.query('select private.tick(now())')
    const [nightly] = await db.query<{ findings: unknown[] | null }>('select private.nightly(now()) as findings')
    if (nightly?.findings?.length)
      log(`The nightly self-check found (docs/deploy.md says what to do): ${JSON.stringify(nightly.findings)}`)
  }
  return every(TICK_PACE, tick, what => log(`The tick failed, trying again in ${TICK_PACE / 1000} s: ${what}`))
}
