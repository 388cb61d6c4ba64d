import type { MutationName } from '../../src/domain/mutations.ts'
import type { Chance } from './chance.ts'
import type { SoakPhone, SoakTab } from './clients.ts'
import type { SoakServer } from './server.ts'
import { MUTATORS } from '../../src/mutators/index.ts'
import { APPROVING, COVERING, coverMoves } from './covering.ts'
import { Hand } from './hand.ts'
import { KEEPING, keepMoves, REPORTING, reportMoves } from './keeping.ts'
import { LEADING, leadMoves } from './leading.ts'
import { OWN, ownMoves } from './own.ts'
import { PROXYING, proxyMoves } from './proxying.ts'

/** Claims on an open place; they are to be two fifths of all taps, to the end. */
export const CLAIMS: readonly MutationName[] = ['accept_shift', 'decline_shift', 'take_held_place']
/** Intents for which few phones have an open row: every phone that may is asked, not three of them. */
const SCARCE: readonly MutationName[] = [
  ...CLAIMS, ...APPROVING, 'take_cover', 'take_swap', 'decline_swap', 'answer_reinforcement', 'ask_support',
  'pick_waiting', 'accept_for', 'escalate', 'resume_callout', 'report_in', 'withdraw_report',
]
/** Wanted share of each intent, as a weight; every other intent has `REST`. */
const WANTED: Partial<Record<MutationName, number>> = {
  accept_shift: 118, decline_shift: 8, take_held_place: 4, withdraw: 6, join_waitlist: 6, leave_waitlist: 1.8,
  ask_cover: 11, take_cover: 10, offer_swap: 7, take_swap: 2,
  check_in: 5, check_out: 1.8, take_handover: 2, take_over: 3, assign: 3.2, accept_for: 2.4, unassign: 4,
  draft_shifts: 2, publish_roster: 2,
  open_callout: 3.4, stand_down: 2.4, escalate: 4.5, resume_callout: 3, log_call: 6, settle_dead_letter: 2,
  request_reinforcement: 3.8, answer_reinforcement: 2.6, open_mode: 2, renew_mode: 1.8, close_mode: 2,
  // what others end, decline or take back has to be made first
  save_party_org: 2.6, set_party_post: 2.6, save_partner_unit: 4, save_seat: 2.4, report_in: 3,
}
const REST = 1.8
/** Taps until an intent that found nothing to do is tried again. */
const REST_TAPS = 6
/** Intents tried for one tap. */
const LOOKS = 8

const MOVES = { ...ownMoves, ...coverMoves, ...leadMoves, ...proxyMoves, ...keepMoves, ...reportMoves }
const leads = new Set<MutationName>([...LEADING, ...APPROVING, ...PROXYING, ...KEEPING])
export const INTENTS = [...OWN, ...COVERING, ...REPORTING, ...LEADING, ...APPROVING, ...PROXYING, ...KEEPING]
const forgotten = Object.keys(MUTATORS).filter(name => !(INTENTS as readonly string[]).includes(name))
if (forgotten.length > 0) throw new Error(`the soak never taps ${forgotten.join(', ')}`)

/** Chooses taps: a little of every intent, and claims most of all. */
export class Fingers {
  readonly #phones: SoakPhone[]
  readonly #chance: Chance
  readonly #counts = new Map<MutationName, number>()
  readonly #again = new Map<MutationName, number>()
  readonly #busy = new Set<SoakTab>()
  #taps = 0

  constructor(phones: SoakPhone[], chance: Chance) {
    this.#phones = phones
    this.#chance = chance
  }

  /** Intents to try, those furthest behind their share first. */
  #wanted(): MutationName[] {
    const behind = (name: MutationName): number =>
      ((this.#counts.get(name) ?? 0) + this.#chance.next()) / (WANTED[name] ?? REST)
    return INTENTS.filter(name => (this.#again.get(name) ?? 0) <= this.#taps)
      .map(name => [name, behind(name)] as const)
      .sort((a, b) => a[1] - b[1])
      .slice(0, LOOKS)
      .map(([name]) => name)
  }

  /** Phones that may make such a tap and have a page for it, in any order; all of them for a scarce intent. */
  #able(name: MutationName): SoakPhone[] {
    const able = this.#phones.filter(p => (!leads.has(name) || p.account.leads) && this.#free(p))
    const any = able.map(p => [this.#chance.next(), p] as const).sort((a, b) => a[0] - b[0]).map(([, p]) => p)
    return SCARCE.includes(name) ? any : any.slice(0, 3)
  }

  /** A page of a phone that no other tap uses. */
  #free(phone: SoakPhone): SoakTab | null {
    const free = phone.tabs.filter(t => !t.life.dead && !t.life.frozen && !this.#busy.has(t))
    return free.length > 0 ? this.#chance.of(free) : null
  }

  /** Makes one tap; none when nobody finds anything to do or no page can be reached. */
  async tap(failed: (dead: boolean, error: unknown) => void): Promise<void> {
    this.#taps++
    for (const name of this.#wanted()) {
      const able = this.#able(name)
      for (const phone of able) {
        const tab = this.#free(phone)
        if (!tab) continue
        this.#busy.add(tab) // a finger sees what its last tap did before it taps again
        try {
          if (await this.#make(name, new Hand(phone, tab))) return
        }
        catch (error) {
          return failed(tab.life.dead, error)
        }
        finally { this.#busy.delete(tab) }
      }
      if (able.length > 0 && !CLAIMS.includes(name)) this.#again.set(name, this.#taps + REST_TAPS)
    }
  }

  async #make<N extends typeof INTENTS[number]>(name: N, hand: Hand): Promise<boolean> {
    const args = await MOVES[name](hand)
    if (args === null) return false
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    await hand.tab.tap(name, args as Parameters<typeof hand.tab.tap<N>>[1])
    return true
  }
}

/**
 * Puts people no channel reaches onto the coordinators' lists of calls. `part` is the part of the run that has
 * passed, 0 to 1: it stands for nine hours from noon, as a drill wakes nobody at night and limits by the minute end.
 */
export async function listCalls(server: SoakServer, part: number): Promise<void> {
  const noon =
    `date_trunc('day', now() at time zone interval '+08:00') at time zone interval '+08:00' + interval '36 hours'`
  for (const minutes of [0, 1, 3]) {
    await server.query(`select private.plan_deliveries(${noon} + make_interval(mins => $1))`, [
      Math.floor(part * 9 * 60) + minutes,
    ])
  }
}
