import type { CycleResult } from './cycle.ts'
import type { SyncPorts } from './ports.ts'
import type { PushPace } from './push.ts'
import { MAX_BATCH } from '#db/outbox.ts'
import { cycle } from './cycle.ts'
import { backoff, pollDelay } from './retry.ts'

/** No answer for this long while a cycle runs: it is given up and started anew. */
const WATCHDOG_MS = 90_000

/** The wait of one tab between two cycles; `wake` ends it. */
export class Loop {
  readonly #ports: SyncPorts
  readonly #pace: PushPace = { limit: MAX_BATCH }
  readonly #report: (result: CycleResult | 'busy') => void
  #attempt = 0
  #due = false
  #wake: () => void = () => {}

  constructor(ports: SyncPorts, report: (result: CycleResult | 'busy') => void) {
    this.#ports = ports
    this.#report = report
  }

  /** Starts the next cycle now, or right after the running one. Anything but the timer forgets the backoff. */
  wake(): void {
    this.#due = true
    this.#attempt = 0
    this.#wake()
  }

  #rest(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#ports.clock.after(ms, resolve)
      this.#wake = () => {
        stop()
        resolve()
      }
      signal.addEventListener('abort', this.#wake, { once: true })
      if (this.#due || signal.aborted) this.#wake()
    })
  }

  /** One cycle under the watchdog. A failure of the phone's own database counts as an error, not as an end. */
  async once(signal: AbortSignal): Promise<CycleResult> {
    const own = new AbortController()
    const stuck: CycleResult = { health: 'error', after_s: null }
    let giveUp: (result: CycleResult) => void = () => {}
    const givenUp = new Promise<CycleResult>((resolve) => { giveUp = resolve })
    const quit = (): void => {
      own.abort()
      giveUp(stuck)
    }
    let stop = this.#ports.clock.after(WATCHDOG_MS, quit)
    const progress = (): void => {
      stop()
      stop = this.#ports.clock.after(WATCHDOG_MS, quit)
    }
    signal.addEventListener('abort', quit, { once: true })
    try {
      return await Promise.race([cycle(this.#ports, this.#pace, own.signal, progress), givenUp])
    }
    catch {
      return stuck
    }
    finally {
      stop()
      signal.removeEventListener('abort', quit)
    }
  }

  #delay(result: CycleResult): number {
    if (result.health === 'ok') {
      this.#attempt = 0
      return pollDelay(this.#ports.page.visible(), this.#ports.random())
    }
    this.#attempt++
    return Math.max(backoff(this.#attempt, this.#ports.random()), (result.after_s ?? 0) * 1000)
  }

  /** Cycles until the signal stops it. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#due = false
      this.#report('busy')
      const result = await this.once(signal)
      if (signal.aborted) return
      this.#report(result)
      await this.#rest(this.#delay(result), signal)
    }
  }
}
