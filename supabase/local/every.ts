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
