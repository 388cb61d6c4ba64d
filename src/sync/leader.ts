import type { SyncPorts } from './ports.ts'

/** A tab with the lock that gives no sign of life for this long is taken for frozen. */
const PATIENCE_MS = 15_000
type Ports = Pick<SyncPorts, 'db' | 'locks' | 'channel' | 'clock' | 'page'>

/** What a tab does: `lead` until the signal ends its turn; `alone`: one round, where it may not lead. */
export interface Duties { lead: (signal: AbortSignal) => Promise<void>, alone: () => void }

/**
 * Which of a person's tabs syncs. The one with the lock leads; the others wait for it and ask every 15 s whether it is
 * there, because a hidden leader's own timer would tell only once a minute. The leader answers from a timer: Chromium
 * hands messages to frozen tabs too, and only timers and the network stand still there.
 * A visible tab that hears no answer takes the lock away. A hidden one may freeze next, so it only runs one round.
 * Two leaders for a moment are harmless: the server takes each number once, and apply compares cursors.
 */
export class Leader {
  readonly #ports: Ports
  readonly #duties: Duties
  #turn: Promise<void> | null = null
  #wait = new AbortController()
  #steal = false
  #asked = false
  #timer: () => void = () => {}
  #paused: Promise<void> | null = null
  #resume: () => void = () => {}

  constructor(ports: Ports, duties: Duties) {
    this.#ports = ports
    this.#duties = duties
  }

  /** Does this tab lead? */
  get leads(): boolean {
    return this.#turn !== null
  }

  /** Waits for the lead, leads, and waits again when another tab took it away; until the signal ends it. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#timer(), { once: true })
    this.ask()
    while (!signal.aborted) {
      await this.#paused
      const steal = this.#steal
      this.#steal = false
      this.#wait = new AbortController()
      const name = `sync:${this.#ports.db.name}`
      const end = AbortSignal.any([signal, this.#wait.signal])
      await this.#ports.locks.hold(name, end, turn => this.#lead(turn), steal)
      await this.#turn
      if (!signal.aborted) this.#listen()
    }
  }

  async #lead(turn: AbortSignal): Promise<void> {
    if (turn.aborted) return
    this.#timer()
    this.#asked = false
    const work = this.#duties.lead(turn)
    this.#turn = work.catch(() => {}).finally(() => { this.#turn = null })
    this.#ports.channel.post({ kind: 'here' })
    await work
  }

  /** The browser is about to freeze this page: lets go of the lead at once. */
  pause(): void {
    this.#paused ??= new Promise((resolve) => { this.#resume = resolve })
    this.#wait.abort()
  }

  /** The page is awake again: waits for its turn. */
  resume(): void {
    this.#paused = null
    this.#resume()
  }

  /** Asks whether the leader is there. After 15 s without an answer this tab acts, however often it asks. */
  ask(): void {
    if (this.leads) return
    if (!this.#asked) {
      this.#asked = true
      this.#timer()
      this.#timer = this.#ports.clock.after(PATIENCE_MS, () => this.#unanswered())
    }
    this.#ports.channel.post({ kind: 'ask' })
  }

  /** Hears another tab: it asks for the leader, or it is the leader. */
  told(word: 'ask' | 'here'): void {
    if (word === 'ask' && this.leads)
      this.#ports.clock.after(0, () => this.leads && this.#ports.channel.post({ kind: 'here' }))
    if (word === 'here' && !this.leads) this.#listen()
  }

  #listen(): void {
    this.#asked = false
    this.#timer()
    this.#timer = this.#ports.clock.after(PATIENCE_MS, () => this.#ports.page.visible() ? this.ask() : this.#listen())
  }

  #unanswered(): void {
    if (this.leads) return
    this.#listen()
    if (!this.#ports.page.visible()) return this.#duties.alone()
    this.#steal = true
    this.#wait.abort()
  }
}
