import type { MutationArgs } from '../../src/domain/mutations.ts'
import type { World } from '../db/world.ts'
import type { Tab } from '../fakes/tab.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { readMeta } from '../../src/db/meta.ts'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Phones } from './phones.ts'
import { wrongIn } from './taps.ts'

/** A tap on 接单 and the place it asks for. */
export interface Taken { tap: string, assignment: string }
/** One tap in the copy; after the copy one that is over and done, one whose effect was never seen, and one never sent. */
export interface Story { before: Taken, gone: Taken, unseen: Taken, unsent: Taken }

/** The tenth of next month: every shift lies in one month, whatever day it is. */
function firstStart(): number {
  const now = clock.date()
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10)
}

/** Three phones in one community: ann, bo, and one who watches. */
export class Trio {
  readonly world: World
  readonly shifts: string[]
  readonly phones: Phones
  readonly tabs: [ann: Tab, bo: Tab, watcher: Tab]

  private constructor(world: World, shifts: string[], phones: Phones) {
    this.world = world
    this.shifts = shifts
    this.phones = phones
    this.tabs = world.people.map(p => phones.open(p.login)) as [Tab, Tab, Tab]
  }

  /** A world of its own with four shifts of two places, seen by all. */
  static async meet(at: Postgres17): Promise<Trio> {
    const world = await makeWorld(at.pool, 3)
    const shifts: string[] = []
    for (let i = 0; i < 4; i++)
      shifts.push(await makeShift(at.pool, world, new Date(firstStart() + i * 4 * 3600e3), 3, 2))
    await at.pool.query('select private.tick(now())')
    const trio = new Trio(world, shifts, new Phones(at))
    await trio.sync()
    return trio
  }

  async sync(): Promise<void> {
    for (const tab of this.tabs)
      expect(await tab.cycle(), JSON.stringify(this.phones.failures)).toEqual({ health: 'ok', after_s: null })
  }

  /** Every phone starts anew, then sends again what was forgotten, then sees what the others sent. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) await this.sync()
  }

  async accept(tab: Tab, shift: number): Promise<Taken> {
    const args: MutationArgs['accept_shift'] = {
      assignment_id: randomUUID(),
      shift_id: this.shifts[shift]!,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: randomUUID(),
    }
    return { tap: await tab.tap('accept_shift', args), assignment: args.assignment_id }
  }

  /** Lives on across the moment of the copy. */
  async live(copy: () => Promise<void>): Promise<Story> {
    const [ann, bo, watcher] = this.tabs
    const before = await this.accept(ann, 0)
    await this.sync()
    await copy()
    const gone = await this.accept(ann, 1)
    await this.sync()
    const unseen = await this.accept(bo, 2)
    bo.gateway.plan = ['ok', 'drop_response']
    await bo.cycle()
    expect((await readMeta(bo.db)).sent_lmid).toBe(1)
    const unsent = await this.accept(watcher, 3)
    return { before, gone, unseen, unsent }
  }

  async #ids(text: string, values: string[]): Promise<string[]> {
    const { rows } = await this.phones.at.pool.query(text, [values])
    return (rows as unknown as { id: string }[]).map(r => r.id).sort()
  }

  /** Taps among these that the server has decided. */
  decided(taps: string[]): Promise<string[]> {
    return this.#ids('select mutation_id::text as id from sync.result where mutation_id = any ($1::uuid[])', taps)
  }

  /** Nothing waits, rows are the server's everywhere. `sums`: how many phones had to be told by their checksum. */
  async expectAllAgree(sums = 0): Promise<void> {
    for (const tab of this.tabs) {
      expect(await tab.db.outbox.count(), 'nothing waits').toBe(0)
      expect(await this.phones.unlikeServer(tab)).toEqual([])
    }
    const told = await Promise.all(this.tabs.map(tab => this.phones.mismatchesOn(tab)))
    expect(told.filter(n => n > 0), 'told by the checksum').toHaveLength(sums)
    expect(await wrongIn(this.phones.at)).toEqual([])
  }

  /** What phones still held arrives, once; what was over before the copy was put back does not come back, and nobody shows it. */
  async expectHealed({ before, gone, unseen, unsent }: Story, sums = 0): Promise<void> {
    const places = await this.#ids(
      `select id::text from app.assignment where state = 'accepted' and shift_id = any ($1::uuid[])`,
      this.shifts,
    )
    expect(places, 'nothing lost that somebody held, nothing doubled').toEqual(
      [before, unseen, unsent].map(s => s.assignment).sort(),
    )
    expect(await this.decided([before, gone, unseen, unsent].map(s => s.tap))).toEqual(
      [before, unseen, unsent].map(s => s.tap).sort(),
    )
    for (const tab of this.tabs)
      expect(await tab.db.rows('assignment').get(gone.assignment), 'and no phone pretends').toBeUndefined()
    await this.expectAllAgree(sums)
  }
}
