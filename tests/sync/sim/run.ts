import type { Server } from '../../fakes/pgGateway.ts'
import { randomUUID } from 'node:crypto'
import { clock } from '../../clock.ts'
import { makeShift, makeWorld, pglite } from '../../db/world.ts'
import { Phone } from './phone.ts'

const HOUR = 3600e3

/** The community of one story: two responders and a coordinator with a phone each, and three shifts; two overlap. */
export class Run {
  readonly server: Server
  readonly phones: Phone[]
  readonly shifts: string[]
  readonly community: string
  readonly post: string
  readonly building: string
  readonly start: number
  readonly roster = randomUUID()
  /** phones that reached the head in the last move */
  readonly synced = new Set<Phone>()

  constructor(
    server: Server,
    phones: Phone[],
    shifts: string[],
    place: { community: string, post: string, building: string },
    start: number,
  ) {
    this.server = server
    this.phones = phones
    this.shifts = shifts
    this.community = place.community
    this.post = place.post
    this.building = place.building
    this.start = start
  }

  /** Makes a fresh community. skews: how wrong the clock of each phone is, in ms. */
  static async begin(server: Server, skews: number[]): Promise<Run> {
    const db = pglite(server.pg)
    const w = await makeWorld(db, 2)
    const start = clock.now() + HOUR
    const shifts = [
      await makeShift(db, w, new Date(start), 3, 1),
      await makeShift(db, w, new Date(start + HOUR), 3, 1),
      await makeShift(db, w, new Date(start + 5 * HOUR), 3, 2),
    ]
    const phones = [...w.people, w.coordinator].map(p => new Phone(server, p, p === w.coordinator))
    phones.forEach((p, i) => p.tabs.forEach((t) => { t.skew = skews[i] ?? 0 }))
    server.seen.length = 0
    server.late.length = 0
    return new Run(server, phones, shifts, { community: w.community, post: w.post, building: w.buildings[0]! }, start)
  }

  async sql(text: string, params: unknown[]): Promise<void> {
    await this.server.pg.query(text, params)
  }

  membership(phone: Phone, state: 'ended' | 'confirmed'): Promise<void> {
    return this.sql(
      `update app.report_in
      set state = $2::app.report_in_state
      where responder_id = $1 and state <> $2::app.report_in_state`,
      [phone.responder, state],
    )
  }

  async end(): Promise<void> {
    for (const phone of this.phones) await phone.close()
  }
}
