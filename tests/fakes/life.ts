import type { DBCore, DBCoreTable } from 'dexie'
import type { AppDb } from '../../src/db/db.ts'

/** Thrown in a tab that was closed between two awaits: nothing it does afterwards has an effect. */
export class KilledError extends Error {
  constructor() {
    super('tab killed')
    this.name = 'KilledError'
  }
}

/** Whether a tab runs, is frozen, or is gone. Every touch of disk or network asks here first. */
export class Life {
  dead = false
  #steps = Number.POSITIVE_INFINITY
  #frozen = false
  #sleepers: (() => void)[] = []

  /** @throws KilledError once the tab is dead */
  step(): void {
    if (this.dead || --this.#steps < 0) {
      this.dead = true
      throw new KilledError()
    }
  }

  /** Kills the tab at its n-th touch of disk or network from now. */
  dieAfter(steps: number): void {
    this.#steps = steps
  }

  get frozen(): boolean {
    return this.#frozen
  }

  /** Stops the tab's timers, messages and answers until `thaw`, as a browser does. */
  freeze(): void {
    this.#frozen = true
  }

  /** Lets everything that came meanwhile happen now, in order. */
  thaw(): void {
    this.#frozen = false
    for (const wake of this.#sleepers.splice(0)) wake()
  }

  /** Runs at once, or when the tab thaws; never once it is dead. */
  whenAwake(run: () => void): void {
    if (this.#frozen) this.#sleepers.push(() => !this.dead && run())
    else if (!this.dead) run()
  }

  /** Resolves as soon as the tab is not frozen. */
  awake(): Promise<void> {
    return this.#frozen ? new Promise(resolve => this.#sleepers.push(resolve)) : Promise.resolve()
  }

  /** Counts every request to this connection's tables as a step. */
  guard(db: AppDb): void {
    db.use({ stack: 'dbcore', name: 'mortal', create: down => this.#mortal(down) })
  }

  #mortal(down: DBCore): DBCore {
    const mortal = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A): Promise<R> => {
      try { this.step() }
      catch (error) { return Promise.reject(error instanceof Error ? error : new KilledError()) }
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
