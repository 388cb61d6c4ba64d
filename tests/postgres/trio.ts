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
export interface Claim { tap: string, assignment: string }
/** Taps around a copy: one before it, and after it one that is over, one whose answer was lost, and one never sent. */
export interface Story { before: Claim, gone: Claim, unseen: Claim, unsent: Claim }

/** The tenth of next month, so that every shift lies in one month. */
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

  /** Makes a world with four shifts of two places, which all phones have read. */
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

  /** Syncs three times: phones notice the copy, send again what it forgot, and see what the others sent. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) await this.sync()
  }

  async accept(tab: Tab, shift: number): Promise<Claim> {
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

  /** Taps before and after the moment of the copy. */
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

  /** Expects that nothing waits and rows are the server's. sums: how many phones a checksum had to tell. */
  async expectAllAgree(sums = 0): Promise<void> {
    for (const tab of this.tabs) {
      expect(await tab.db.outbox.count(), 'nothing waits').toBe(0)
      expect(await this.phones.unlikeServer(tab)).toEqual([])
    }
    const told = await Promise.all(this.tabs.map(tab => this.phones.mismatchesOn(tab)))
    expect(told.filter(n => n > 0), 'told by the checksum').toHaveLength(sums)
    expect(await wrongIn(this.phones.at)).toEqual([])
  }

  /** Expects that what phones still held arrives once, and that what was over before the restore does not come back. */
  async expectHealed({ before, gone, unseen, unsent }: Story, sums = 0): Promise<void> {
    const places = await this.#ids(
      `select id::text from app.assignment where state = 'accepted' and shift_id = any ($1::uuid[])`,
      this.shifts,
    )
    expect(places, 'what phones held is there once').toEqual(
      [before, unseen, unsent].map(s => s.assignment).sort(),
    )
    expect(await this.decided([before, gone, unseen, unsent].map(s => s.tap))).toEqual(
      [before, unseen, unsent].map(s => s.tap).sort(),
    )
    for (const tab of this.tabs)
      expect(await tab.db.rows('assignment').get(gone.assignment), 'no phone shows it').toBeUndefined()
    await this.expectAllAgree(sums)
  }
}
