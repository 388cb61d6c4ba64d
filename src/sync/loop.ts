import type { Carry, CycleResult } from './cycle.ts'
import type { SyncPorts } from './ports.ts'
import { noteDefect } from '#db/defects.ts'
import { MAX_BATCH } from '#db/outbox.ts'
import { dbCodeOf } from '#db/write.ts'
import { backoffAfter, LONGEST_SILENCE_S } from '#domain/backoff.ts'
import { cycle } from './cycle.ts'

/**
 * Wait between two pulls when all is well, in ms: 30 s ± 20 % while visible, 5 min in the background.
 * `bellSilent`: no doorbell says when something is new; then a page in sight looks every 15 to 30 s.
 */
export function pollDelay(visible: boolean, random: number, bellSilent = false): number {
  if (visible && bellSilent) return Math.round(15_000 * (1 + random))
  return Math.round((visible ? 30_000 : 300_000) * (0.8 + 0.4 * random))
}

/** A cycle that hears no answer for this long is given up, and a new one begins. */
const WATCHDOG_MS = 90_000

/** The wait of one tab between two cycles; `wake` ends it. */
export class Loop {
  readonly #ports: SyncPorts
  readonly #carry: Carry = { limit: MAX_BATCH, begun: false }
  readonly #report: (result: CycleResult | 'busy') => void
  /** no doorbell is heard, so the loop looks more often */
  bellSilent = false
  #attempt = 0
  #due = false
  /** ms of the phone's clock before which the server asked not to be called; neither a tap nor a ring changes that */
  #silentUntil = 0
  #wake: () => void = () => {}

  constructor(ports: SyncPorts, report: (result: CycleResult | 'busy') => void) {
    this.#ports = ports
    this.#report = report
  }

  /** Starts the next cycle now, or right after the running one, and forgets the backoff. */
  wake(): void {
    this.#attempt = 0
    if (this.#silence() === 0) this.#wake()
    else if (!this.#due) this.#ports.clock.after(this.#silence(), () => this.#due && this.#wake())
    this.#due = true
  }

  /** How long the server still wants to be left alone, in ms; 0 when the clock stepped back behind what was asked. */
  #silence(): number {
    const left = this.#silentUntil - this.#ports.clock.now()
    return left > LONGEST_SILENCE_S * 1000 ? 0 : Math.max(0, left)
  }

  #heed({ after_s }: CycleResult): void {
    if (after_s) this.#silentUntil = this.#ports.clock.now() + Math.min(after_s, LONGEST_SILENCE_S) * 1000
  }

  #rest(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#ports.clock.after(ms, resolve)
      this.#wake = () => {
        stop()
        resolve()
      }
      signal.addEventListener('abort', this.#wake, { once: true })
      if ((this.#due && this.#silence() === 0) || signal.aborted) this.#wake()
    })
  }

  /** One cycle under the watchdog. A failure of the phone's own database counts as an error, not as an end. */
  async once(signal: AbortSignal): Promise<CycleResult> {
    const silence = this.#silence()
    if (silence > 0) return { health: 'waiting', after_s: Math.ceil(silence / 1000) }
    const result = await this.#watched(signal)
    this.#heed(result)
    return result
  }

  async #watched(signal: AbortSignal): Promise<CycleResult> {
    const own = new AbortController()
    const stuck: CycleResult = { health: 'error', after_s: null }
    let giveUp: (result: CycleResult) => void = () => {}
    const givenUp = new Promise<CycleResult>((resolve) => { giveUp = resolve })
    const quit = (): void => {
      own.abort()
      giveUp(stuck)
    }
    const bark = (): void => {
      noteDefect('sync', 'cycle', { code: 'watchdog' })
      quit()
    }
    let stop = this.#ports.clock.after(WATCHDOG_MS, bark)
    const progress = (): void => {
      stop()
      stop = this.#ports.clock.after(WATCHDOG_MS, bark)
    }
    signal.addEventListener('abort', quit, { once: true })
    try {
      return await Promise.race([cycle(this.#ports, this.#carry, own.signal, progress), givenUp])
    }
    catch (error) {
      if (dbCodeOf(error) === 'quota') return { health: 'full', after_s: null }
      noteDefect('sync', 'cycle', error)
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
      return pollDelay(this.#ports.page.visible(), this.#ports.random(), this.bellSilent)
    }
    this.#attempt++
    return backoffAfter(this.#attempt, result.after_s, this.#ports.random())
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
