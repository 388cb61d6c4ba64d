import type { MutationArgs, MutationName } from '../../src/domain/mutations.ts'
import type { CycleResult } from '../../src/sync/cycle.ts'
import type { Sync } from '../../src/sync/engine.ts'
import type { SyncPorts } from '../../src/sync/ports.ts'
import type { Reach } from './pgGateway.ts'
import { randomUUID } from 'node:crypto'
import { AppDb } from '../../src/db/db.ts'
import { mutate } from '../../src/mutators/mutate.ts'
import { createSync } from '../../src/sync/engine.ts'
import { clock } from '../clock.ts'
import { Life } from './life.ts'
import { FaultyGateway } from './pgGateway.ts'

/** One open page of a person, with its own connection to the shared database and its own gateway. */
export class Tab {
  readonly login: string
  readonly db: AppDb
  readonly gateway: FaultyGateway
  readonly sync: Sync
  readonly ports: SyncPorts
  /** the phone's clock minus real time, ms */
  skew = 0
  readonly #life = new Life()

  /** disk: the name of the database, for a person who has two phones. */
  constructor(server: Reach, login: string, disk = login) {
    this.login = login
    this.db = new AppDb(disk)
    this.gateway = new FaultyGateway(server, login)
    this.gateway.step = () => this.#life.step()
    this.#life.guard(this.db)
    this.ports = {
      db: this.db,
      login,
      gateway: this.gateway,
      clock: { now: () => clock.now() + this.skew, after: () => () => {} },
      locks: { hold: (_name, signal, work) => work(signal) },
      channel: { post: () => {}, hear: () => () => {}, close: () => {} },
      page: { visible: () => true, hear: () => () => {} },
      random: () => 0.5,
      id: () => randomUUID(),
    }
    this.sync = createSync(this.ports)
  }

  get dead(): boolean {
    return this.#life.dead
  }

  set dead(dead: boolean) {
    this.#life.dead = dead
  }

  /** Kills the tab at its n-th touch of disk or network from now. */
  dieAfter(steps: number): void {
    this.#life.dieAfter(steps)
  }

  /** Makes a tap; resolves with the mutation id once the phone has kept it. */
  tap<N extends MutationName>(name: N, args: MutationArgs[N]): Promise<string> {
    return mutate(this.db, name, args, {
      login: this.login,
      now: () => clock.now() + this.skew,
      id: () => randomUUID(),
    })
  }

  cycle(): Promise<CycleResult> {
    return this.sync.cycle()
  }

  close(): void {
    this.dead = true
    this.sync.stop()
    this.db.close()
  }
}
