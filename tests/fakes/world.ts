import type { Channel, Clock, Locks, Page, PageEvent, TabMessage } from '../../src/sync/ports.ts'

/** Time that moves only when a test says so. */
export class FakeClock implements Clock {
  #now: number
  #timers: { at: number, run: () => void }[] = []

  constructor(now = Date.parse('2026-11-23T02:00:00Z')) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run }
    this.#timers.push(timer)
    return () => { this.#timers = this.#timers.filter(t => t !== timer) }
  }

  /** Timers that are set, in ms from now. */
  waits(): number[] {
    return this.#timers.map(t => t.at - this.#now).sort((a, b) => a - b)
  }

  /** Lets time pass and runs the timers that come due. */
  pass(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#timers.filter(t => t.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers = this.#timers.filter(t => t !== next)
      this.#now = next.at
      next.run()
    }
    this.#now = end
  }
}

/** Web Locks among the tabs of one test. A lock can be stolen, as in a browser. */
export class FakeLocks implements Locks {
  #holder: { rob: () => void } | null = null
  readonly #queue: (() => void)[] = []

  hold(_name: string, signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>, steal = false): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = (): void => void this.#grant(signal, work).then(resolve, reject)
      if (steal) this.#holder?.rob()
      if (this.#holder === null) return take()
      this.#queue.push(take)
      signal.addEventListener('abort', () => {
        const at = this.#queue.indexOf(take)
        if (at < 0) return
        this.#queue.splice(at, 1)
        resolve()
      }, { once: true })
    })
  }

  /** Runs `work` as the holder of the lock. It ends early, and its signal aborts, when somebody steals the lock. */
  async #grant(signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>): Promise<void> {
    const robbed = new AbortController()
    const me = { rob: () => {
      this.#holder = null
      robbed.abort()
    } }
    this.#holder = me
    const turn = AbortSignal.any([signal, robbed.signal])
    const taken = new Promise<void>(resolve => robbed.signal.addEventListener('abort', () => resolve(), { once: true }))
    await Promise.race([work(turn).finally(() => this.#release(me)), taken])
  }

  #release(me: { rob: () => void }): void {
    if (this.#holder !== me) return
    this.#holder = null
    this.#queue.shift()?.()
  }
}

/** BroadcastChannel among the tabs of one test. */
export class FakeAir {
  #tabs = new Set<(message: TabMessage) => void>()

  channel(): Channel {
    const mine = new Set<(message: TabMessage) => void>()
    const own = (message: TabMessage): void => mine.forEach(on => on(message))
    this.#tabs.add(own)
    return {
      post: message => this.#tabs.forEach(tab => tab !== own && tab(message)),
      hear: (on) => {
        mine.add(on)
        return () => mine.delete(on)
      },
      close: () => this.#tabs.delete(own),
    }
  }
}

/** A page that a test shows and hides. */
export class FakePage implements Page {
  shown = true
  say: (event: PageEvent) => void = () => {}

  visible(): boolean {
    return this.shown
  }

  hear(on: (event: PageEvent) => void): () => void {
    this.say = on
    return () => {}
  }
}
