import type { CycleResult } from './cycle.ts'
import type { PageEvent, SyncPorts, TabMessage } from './ports.ts'
import type { Facts, Health, SyncStatus } from './status.ts'
import { liveQuery } from 'dexie'
import { noteDefect } from '#db/defects.ts'
import { Looks, topicsOf } from './doorbell.ts'
import { Leader } from './leader.ts'
import { Loop } from './loop.ts'
import { leave } from './push.ts'
import { NO_FACTS, readFacts, statusOf } from './status.ts'

/** After this long a tab waits for the lead again, when its wait broke off. */
const AGAIN_MS = 15_000

/** The sync of one person in one tab. Any tab may enqueue; one tab at a time cycles. */
export interface Sync {
  start: () => void
  /** ends cycles, sockets and timers of this tab; the data stays */
  stop: () => void
  /** an intent was written, or something may be new: cycle now, here or in the tab that holds the lock */
  kick: () => void
  /** one round in this tab, lock or not; for 重试 and for tests */
  cycle: () => Promise<CycleResult>
  status: () => SyncStatus
  /** calls `hear` with the status now and after every change; what it returns stops that */
  onStatus: (hear: (status: SyncStatus) => void) => () => void
}

class Engine implements Sync {
  readonly #ports: SyncPorts
  readonly #loop: Loop
  readonly #leader: Leader
  readonly #looks: Looks
  readonly #end = new AbortController()
  readonly #ears = new Set<(s: SyncStatus) => void>()
  readonly #stops: (() => void)[] = []
  #health: Health = 'busy'
  #bellSilent = false
  #facts: Facts = NO_FACTS
  #topics = ''
  #silence: () => void = () => {}

  constructor(ports: SyncPorts) {
    this.#ports = ports
    this.#loop = new Loop(ports, result => this.#report(result))
    this.#looks = new Looks(ports, () => this.kick())
    this.#leader = new Leader(ports, { lead: turn => this.#lead(turn), alone: () => void this.cycle() })
  }

  start(): void {
    const ports = this.#ports
    this.#stops.push(ports.channel.hear(m => this.#told(m)))
    this.#stops.push(ports.page.hear(event => this.#turned(event)))
    this.#stops.push(ports.gateway.onAuth(event => event !== 'signed_out' && this.kick()))
    const live = liveQuery(() => readFacts(ports.db)).subscribe({
      next: facts => this.#show(facts, this.#health),
      error: (error: unknown) => noteDefect('query', 'readFacts', error),
    })
    this.#stops.push(() => live.unsubscribe())
    this.#follow()
  }

  /** Waits for the lead as long as the tab lives. When a wait breaks off it begins again, or no tap would be sent. */
  #follow(): void {
    this.#leader.run(this.#end.signal).catch((error: unknown) => {
      if (this.#end.signal.aborted) return
      noteDefect('leader', 'wait', error)
      this.#ports.clock.after(AGAIN_MS, () => this.#end.signal.aborted || this.#follow())
    })
  }

  /** Runs work beside the cycles. The log notes what breaks off in it, unless the tab closes meanwhile. */
  #beside(place: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.#end.signal.aborted || noteDefect('sync', place, error))
  }

  /** Cycles and hears doorbells until its turn is over. */
  async #lead(turn: AbortSignal): Promise<void> {
    try {
      await this.#loop.run(turn)
    }
    finally {
      this.#deafen()
      this.#topics = ''
    }
  }

  /** Leaves the doorbells. */
  #deafen(): void {
    this.#silence()
    this.#looks.stop()
  }

  stop(): void {
    this.#end.abort()
    this.#deafen()
    for (const stop of this.#stops.splice(0)) stop()
    this.#ports.channel.close()
  }

  kick(): void {
    if (this.#end.signal.aborted) return // a tap that was being written as the session closed
    if (this.#leader.leads) return this.#loop.wake()
    this.#ports.channel.post({ kind: 'kick' })
    this.#leader.ask()
  }

  #turned(event: PageEvent): void {
    if (event === 'freeze') return this.#freeze()
    if (event === 'hide') return this.#beside('leave', leave(this.#ports))
    if (event === 'resume') this.#leader.resume()
    this.kick()
  }

  /** Messages of other tabs still reach a frozen one. It must not lead, nor begin a transaction that it cannot end. */
  #freeze(): void {
    this.#leader.pause()
    this.#ports.db.close({ disableAutoOpen: false })
  }

  #told(message: TabMessage): void {
    if (message.kind === 'health') return this.#heard(message.health)
    if (message.kind === 'bell') return this.#bell(message.silent)
    if (message.kind !== 'kick') return this.#leader.told(message.kind)
    if (this.#leader.leads) this.#loop.wake()
  }

  async cycle(): Promise<CycleResult> {
    const result = await this.#loop.once(this.#end.signal)
    this.#report(result)
    return result
  }

  #report(result: CycleResult | 'busy'): void {
    const health = result === 'busy' ? 'busy' : result.health
    this.#ports.channel.post({ kind: 'health', health })
    this.#heard(health)
    if (health === 'ok') this.#beside('listen', this.#listen())
  }

  #heard(health: Health): void {
    // a new attempt does not hide how the last one ended
    if (health !== 'busy') this.#show(this.#facts, health)
  }

  #show(facts: Facts, health: Health): void {
    this.#facts = facts
    this.#health = health
    for (const ear of this.#ears) ear(this.status())
  }

  /** (Re)joins the doorbells when the scopes changed. */
  async #listen(): Promise<void> {
    if (!this.#leader.leads) return
    const topics = await topicsOf(this.#ports.db, this.#ports.login)
    if (topics.join() === this.#topics || !this.#leader.leads || this.#end.signal.aborted) return
    this.#topics = topics.join()
    this.#deafen()
    this.#silence = this.#ports.gateway.listen(topics, {
      ring: spread => this.#looks.ring(spread),
      joined: () => this.#looks.joined(),
      silent: silent => this.#turnedSilent(silent),
    })
  }

  /** Without a doorbell this tab looks at once, and more often from then on. */
  #turnedSilent(silent: boolean): void {
    if (silent === this.#bellSilent) return
    this.#loop.bellSilent = silent
    this.#ports.channel.post({ kind: 'bell', silent })
    this.#bell(silent)
    if (silent) this.kick()
  }

  #bell(silent: boolean): void {
    this.#bellSilent = silent
    this.#show(this.#facts, this.#health)
  }

  status(): SyncStatus {
    return statusOf(this.#facts, this.#health, this.#bellSilent)
  }

  onStatus(hear: (status: SyncStatus) => void): () => void {
    this.#ears.add(hear)
    hear(this.status())
    return () => this.#ears.delete(hear)
  }
}

/** Makes the sync of one person's database; nothing runs before `start`. */
export function createSync(ports: SyncPorts): Sync {
  return new Engine(ports)
}
