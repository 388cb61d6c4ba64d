import type { MutationArgs, MutationName } from '../../src/domain/mutations.ts'
import type { Assignment, MyAssignment, Shift } from '../../src/domain/rows.ts'
import type { Chance } from './chance.ts'
import type { SoakPhone, SoakTab } from './clients.ts'
import type { Account } from './world.ts'
import { randomBytes } from 'node:crypto'
import { isBinding } from '../../src/domain/assignment.ts'
import { uuidv7 } from '../../src/domain/uuid.ts'
import { clock } from '../clock.ts'

/** An id as a phone makes it. */
export const newId = (): string => uuidv7(clock.now(), randomBytes(10))

/** The hand of one person on one page: what the screen shows, and what they can do about it. */
export class Hand {
  readonly tab: SoakTab
  readonly account: Account
  readonly chance: Chance

  constructor(phone: SoakPhone, tab: SoakTab) {
    this.tab = tab
    this.account = phone.account
    this.chance = phone.chance
  }

  /** Any of a list; null when it is empty. */
  any<T>(list: readonly T[]): T | null {
    return list.length > 0 ? this.chance.of(list) : null
  }

  /** One of the newest: ids are made in the order of time. An old row may have ended without this phone knowing. */
  newest<T extends { id: string }>(list: readonly T[], of = 8): T | null {
    return this.any([...list].sort((a, b) => a.id < b.id ? 1 : -1).slice(0, of))
  }

  /** My binding places, as this phone shows them. */
  async mine(): Promise<MyAssignment[]> {
    return (await this.tab.db.rows('my_assignment').toArray()).filter(a => isBinding(a.state))
  }

  /** When I am busy: my places, and those I said yes to cover while a coordinator has not answered. */
  async busy(): Promise<{ starts_at: string, ends_at: string }[]> {
    return [...await this.mine(), ...await this.promised(this.account.responder)]
  }

  /** Shifts somebody said yes to cover, as long as a coordinator has not answered. */
  async promised(responder: string): Promise<Shift[]> {
    const shifts = new Map((await this.tab.db.rows('shift').toArray()).map(s => [s.id, s]))
    const yes = (await this.tab.db.rows('cover_request').toArray()).filter(c =>
      c.state === 'claimed' && c.taker_id === responder,
    )
    return yes.flatMap(c => shifts.get(c.shift_id) ?? [])
  }

  /** Binding places of the community that the server has confirmed, as this phone shows them. */
  async places(): Promise<Assignment[]> {
    return (await this.tab.db.rows('assignment').toArray()).filter(a =>
      a.community_id === this.account.ground.community && isBinding(a.state) && !('_pending' in a),
    )
  }

  /** Shifts that have not ended; `running`: only those that have begun. */
  async shifts(running = false): Promise<Shift[]> {
    const all = await this.tab.db.rows('shift').toArray()
    const from = clock.stamp(60_000)
    return all.filter(s =>
      s.state === 'open' && s.ends_at > from && s.community_id === this.account.ground.community
      && (!running || s.starts_at < from),
    )
  }

  /** Shifts with a free place at a time when I am not busy. */
  async open(running = false): Promise<Shift[]> {
    const busy = await this.busy()
    return (await this.shifts(running)).filter(s => s.filled + s.held < s.capacity && clear(s, busy))
  }
}

/** True when none of the places lies in that span. */
export function clear(
  span: { starts_at: string, ends_at: string },
  places: readonly { starts_at: string, ends_at: string }[],
): boolean {
  return places.every(p => p.ends_at <= span.starts_at || p.starts_at >= span.ends_at)
}

/** The arguments of a tap for each intent, from what the screen shows; null when it shows nothing to do it with. */
export type Moves<Names extends MutationName> = { [N in Names]: (hand: Hand) => Promise<MutationArgs[N] | null> }
