import type { MutationArgs, MutationName } from '../../src/domain/mutations.ts'
import type { Sync } from '../../src/sync/engine.ts'
import type { SyncPorts } from '../../src/sync/ports.ts'
import type { Ledger } from './ledger.ts'
import type { SoakServer } from './server.ts'
import type { Account, SoakWorld } from './world.ts'
import { randomUUID } from 'node:crypto'
import { AppDb } from '../../src/db/db.ts'
import { mutate } from '../../src/mutators/mutate.ts'
import { createSync } from '../../src/sync/engine.ts'
import { clock } from '../clock.ts'
import { Life } from '../fakes/life.ts'
import { FakeAir, FakeLocks, FakePage } from '../fakes/world.ts'
import { Chance } from './chance.ts'
import { Line } from './line.ts'
import { Weather } from './weather.ts'

/** One open page of a phone: the app's own database, mutators and sync on real time and the real server. */
export class SoakTab {
  readonly db: AppDb
  readonly life = new Life()
  readonly page = new FakePage()
  readonly line: Line
  readonly sync: Sync
  readonly #phone: SoakPhone
  readonly #name = randomUUID()
  /** taps follow each other, as those of one finger do */
  #finger: Promise<unknown> = Promise.resolve()

  constructor(phone: SoakPhone) {
    this.#phone = phone
    this.db = new AppDb(phone.account.login)
    this.life.guard(this.db)
    this.line = new Line(phone.server.url, phone.key, phone.account, phone.weather, this.life)
    this.sync = createSync(this.#ports())
    this.sync.start()
  }

  #ports(): SyncPorts {
    const { life, page, line, db } = this
    const { locks, air, account, chance } = this.#phone
    const channel = air.channel()
    return {
      db,
      login: account.login,
      gateway: line,
      page,
      clock: { now: () => this.#now(), after: (ms, run) => {
        const timer = setTimeout(() => life.whenAwake(run), ms)
        return () => clearTimeout(timer)
      } },
      locks: { hold: async (name, signal, work, steal) => {
        await locks.hold(name, signal, async (turn) => {
          await life.awake()
          if (!turn.aborted) await work(turn)
        }, steal)
        await life.awake()
      } },
      channel: { ...channel, hear: on => channel.hear(m => life.whenAwake(() => on(m))) },
      random: () => chance.next(),
      id: () => randomUUID(),
    }
  }

  #now(): number {
    return clock.now() + this.#phone.skew
  }

  /** One tap, written in the ledger before and after. */
  tap<N extends MutationName>(name: N, args: MutationArgs[N]): Promise<string> {
    const { ledger, account } = this.#phone
    const id = randomUUID()
    const tap = this.#finger.catch(() => {}).then(async () => {
      ledger.begin({ id, name, login: account.login, tab: this.#name, at: clock.now() })
      await mutate(this.db, name, args, {
        login: account.login,
        now: () => this.#now(),
        id: () => id,
        kick: () => this.sync.kick(),
      })
      ledger.keep(id)
      return id
    })
    this.#finger = tap
    return tap
  }

  close(): void {
    this.life.dead = true
    this.life.thaw()
    this.sync.stop()
    this.line.close()
    this.db.close()
  }
}

/** One person's phone: tabs over one database, its clock and its network. */
export class SoakPhone {
  readonly server: SoakServer
  readonly key: string
  readonly account: Account
  readonly ledger: Ledger
  readonly chance: Chance
  readonly weather: Weather
  readonly locks = new FakeLocks()
  readonly air = new FakeAir()
  /** the phone's clock minus real time, ms */
  readonly skew: number
  tabs: SoakTab[]
  kills = 0

  constructor(server: SoakServer, world: SoakWorld, ledger: Ledger, i: number, seed: number) {
    this.server = server
    this.key = world.key
    this.account = world.phones[i]!
    this.ledger = ledger
    this.chance = new Chance(seed)
    this.weather = new Weather(new Chance(seed ^ 0x5EED))
    this.skew = this.chance.of([0, 0, 0, 2 * 86_400_000, -2 * 86_400_000])
    // a desk has several windows, and makes most kinds of taps
    const pages = this.account.leads ? 3 : i % 3 === 1 ? 2 : 1
    this.tabs = Array.from({ length: pages }, () => new SoakTab(this))
  }

  /** A page a finger can reach; null while all of them are frozen or gone. */
  reachable(): SoakTab | null {
    const open = this.tabs.filter(t => !t.life.dead && !t.life.frozen)
    return open.length > 0 ? this.chance.of(open) : null
  }

  /** Closes a killed page and opens another on the same database. */
  reopen(tab: SoakTab): void {
    tab.close()
    this.tabs = this.tabs.map(t => t === tab ? new SoakTab(this) : t)
    this.kills++
  }

  close(): void {
    for (const tab of this.tabs) tab.close()
  }
}
