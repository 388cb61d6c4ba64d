import type { MutationName } from '../../src/domain/mutations.ts'
import type { Chance } from './chance.ts'
import type { SoakPhone, SoakTab } from './clients.ts'
import type { SoakServer } from './server.ts'
import { MUTATORS } from '../../src/mutators/index.ts'
import { Hand } from './hand.ts'
import { LEADING, leadMoves } from './leading.ts'
import { OWN, ownMoves } from './own.ts'

/** Intents that are somebody's word on an open place; they are to be two fifths of all taps, to the end. */
export const CLAIMS: readonly MutationName[] = ['accept_shift', 'decline_shift', 'take_held_place']
/** Parts of a hundred; every other intent has `REST`. */
const WANTED: Partial<Record<MutationName, number>> = { accept_shift: 38, decline_shift: 8, take_held_place: 2, withdraw: 5, join_waitlist: 4, unassign: 2.5, request_reinforcement: 2.6 }
const REST = 1.7
/** Taps until an intent that found nothing to do is looked at again. */
const REST_TAPS = 6
/** Intents looked at for one tap. */
const LOOKS = 8

const MOVES = { ...ownMoves, ...leadMoves }
const leads = new Set<MutationName>(LEADING)
export const INTENTS = [...OWN, ...LEADING]
const forgotten = Object.keys(MUTATORS).filter(name => !(INTENTS as readonly string[]).includes(name))
if (forgotten.length > 0) throw new Error(`the soak never taps ${forgotten.join(', ')}`)

/** Fingers that want a little of everything, and most of all open places. */
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

  /** Intents, those furthest behind their share first. */
  #wanted(): MutationName[] {
    const behind = (name: MutationName): number => ((this.#counts.get(name) ?? 0) + this.#chance.next()) / (WANTED[name] ?? REST)
    return INTENTS.filter(name => (this.#again.get(name) ?? 0) <= this.#taps)
      .map(name => [name, behind(name)] as const)
      .sort((a, b) => a[1] - b[1])
      .slice(0, LOOKS)
      .map(([name]) => name)
  }

  /** One tap of somebody who can make it; none where nobody finds anything to do, or no page can be reached. */
  async tap(failed: (dead: boolean, error: unknown) => void): Promise<void> {
    this.#taps++
    for (const name of this.#wanted()) {
      const able = this.#phones.filter(p => !leads.has(name) || p.account.leads)
      const tries = name === 'take_held_place' ? able.length * 2 : 3 // few have a place held for them
      for (let i = 0; i < tries; i++) {
        const phone = this.#chance.of(able)
        const tab = phone.reachable()
        if (!tab || this.#busy.has(tab)) continue
        this.#busy.add(tab) // a finger sees what its last tap did before it taps again
        try {
          if (await this.#make(name, new Hand(phone, tab))) return
        }
        catch (error) {
          return failed(tab.life.dead, error)
        }
        finally { this.#busy.delete(tab) }
      }
      if (!CLAIMS.includes(name)) this.#again.set(name, this.#taps + REST_TAPS)
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

/** Whom no channel has reached comes onto the call list of a coordinator: at once, not in minutes, and at noon, for a drill wakes nobody at night. */
export async function listCalls(server: SoakServer): Promise<void> {
  const noon = `date_trunc('day', now() at time zone interval '+08:00') at time zone interval '+08:00' + interval '36 hours'`
  for (const minutes of [0, 1, 3]) await server.query(`select private.plan_deliveries(${noon} + make_interval(mins => $1))`, [minutes])
}
