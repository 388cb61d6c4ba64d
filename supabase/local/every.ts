import { kindOf } from './failure.ts'

/** Work that is done again and again. */
export interface Loop {
  /** Lets no further run begin; resolves when the one under way has ended. */
  stop: () => Promise<void>
}

/**
 * Runs `work` after each pause of `ms` milliseconds, one run at a time, until it is stopped.
 * A run that throws ends nothing: `failed` hears what kind of failure it was (`kindOf`: no message, which may quote
 * somebody), and hears it once, until a run succeeds or fails in another way. Failures of a run that was under way when
 * the loop was stopped are not told: connections are being closed then.
 */
export function every(ms: number, work: () => Promise<void>, failed: (what: string) => void): Loop {
  let stopped = false
  let told = ''
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const once = async (): Promise<void> => {
    try {
      await work()
      told = ''
    }
    catch (error) {
      const what = kindOf(error)
      if (!stopped && what !== told) failed(what)
      told = what
    }
  }
  const rest = (): void => {
    if (!stopped) timer = setTimeout(() => { running = once().then(rest) }, ms)
  }
  rest()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
