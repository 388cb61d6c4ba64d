import type { DBCore, DBCoreTable } from 'dexie'
import type { AppDb } from '../../src/db/db.ts'

/** A tab that was closed between two awaits: nothing it does afterwards has an effect. */
export class Killed extends Error {
  constructor() {
    super('tab killed')
    this.name = 'Killed'
  }
}

/** Whether a tab runs, stands frozen, or is gone; every touch of disk or network asks here first. */
export class Life {
  dead = false
  #steps = Number.POSITIVE_INFINITY
  #frozen = false
  #sleepers: (() => void)[] = []

  /** @throws Killed once the tab is dead */
  step(): void {
    if (this.dead || --this.#steps < 0) {
      this.dead = true
      throw new Killed()
    }
  }

  /** Kills the tab at its n-th touch of disk or network from now. */
  dieAfter(steps: number): void {
    this.#steps = steps
  }

  get frozen(): boolean {
    return this.#frozen
  }

  /** The browser stops the tab's timers, messages and answers until `thaw`. */
  freeze(): void {
    this.#frozen = true
  }

  /** Everything that came meanwhile happens now, in order. */
  thaw(): void {
    this.#frozen = false
    for (const wake of this.#sleepers.splice(0)) wake()
  }

  /** Runs at once, or when the tab thaws; never in a dead tab. */
  whenAwake(run: () => void): void {
    if (this.#frozen) this.#sleepers.push(() => !this.dead && run())
    else if (!this.dead) run()
  }

  /** Resolves when the tab is not frozen. */
  awake(): Promise<void> {
    return this.#frozen ? new Promise(resolve => this.#sleepers.push(resolve)) : Promise.resolve()
  }

  /** Makes every request to this connection's tables a step. */
  guard(db: AppDb): void {
    db.use({ stack: 'dbcore', name: 'mortal', create: down => this.#mortal(down) })
  }

  #mortal(down: DBCore): DBCore {
    const mortal = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A): Promise<R> => {
      try { this.step() }
      catch (error) { return Promise.reject(error instanceof Error ? error : new Killed()) }
      return work(...args)
    }
    const wrap = (t: DBCoreTable): DBCoreTable => ({
      ...t,
      mutate: mortal(t.mutate),
      get: mortal(t.get),
      getMany: mortal(t.getMany),
      query: mortal(t.query),
      openCursor: mortal(t.openCursor),
      count: mortal(t.count),
    })
    return { ...down, table: name => wrap(down.table(name)) }
  }
}
