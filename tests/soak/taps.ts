import type { Choice } from '../sync/sim/taps.ts'
import type { Chance } from './chance.ts'
import type { SoakPhone, SoakTab } from './clients.ts'
import type { SoakWorld } from './world.ts'
import { randomUUID } from 'node:crypto'
import { isBinding } from '../../src/domain/assignment.ts'
import { clock } from '../clock.ts'
import { tapSomething } from '../sync/sim/taps.ts'

/** Numbers of `tapSomething`: withdraw, waitlist in, out and taken, check in and out, consent, dismissal, decline; 9 and more accept. */
const OWN = [0, 0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 7, 8, 9, 9, 9, 9, 9, 9, 9]
/** unassign, stand down, open a call-out, assign */
const LEAD = [1, 1, 1, 8, 8, 8, 8]
/** Open call-outs at a time; each asks everybody. */
const CALLOUTS = 2

function choose(chance: Chance, whats: readonly number[]): Choice {
  return { what: chance.of(whats), target: chance.below(1000), flag: chance.happens(0.5) }
}

/** Answers a request sent by name, when there is one. */
async function answerOffer(tab: SoakTab, chance: Chance): Promise<string | null> {
  const open = (await tab.db.rows('my_offer').toArray()).filter(o => o.state === 'sent')
  if (open.length === 0) return null
  const { id: offer_id, shift_id } = chance.of(open)
  if (chance.happens(0.3)) return tab.tap('decline_shift', { offer_id, assignment_id: null, reason: 'work' })
  return tab.tap('accept_shift', { assignment_id: randomUUID(), shift_id, offer_id, eta_min: 5, on_full: 'refuse', waitlist_id: randomUUID() })
}

/** Works on something this person holds now, so that presence and held places are reached as often as claims. */
async function workOnOwn(tab: SoakTab, chance: Chance): Promise<string | null> {
  const held = (await tab.db.rows('my_waitlist').toArray()).find(w => w.state === 'held')
  if (held && chance.happens(0.5)) return tab.tap('take_held_place', { waitlist_id: held.id, assignment_id: randomUUID(), eta_min: null })
  const mine = (await tab.db.rows('my_assignment').toArray()).filter(a => isBinding(a.state))
  if (mine.length === 0) return null
  const { id: assignment_id, state } = chance.of(mine)
  const at = clock.stamp()
  if (state === 'on_post') return tab.tap('check_out', { assignment_id, at, relief_assignment_id: null, must_leave: null })
  if (chance.happens(0.4)) return tab.tap('check_in', { assignment_id, at, way: 'manual' })
  return tab.tap('withdraw', { assignment_id, reason: 'work' })
}

async function lead(world: SoakWorld, phone: SoakPhone, tab: SoakTab, chance: Chance): Promise<string> {
  if (!chance.happens(0.04)) return tapSomething(world, phone, tab, choose(chance, LEAD))
  const open = (await tab.db.rows('callout').toArray()).filter(c => c.state === 'open' || c.state === 'filled')
  if (open.length >= CALLOUTS) return tab.tap('stand_down', { callout_id: chance.of(open).id, reason: null })
  return tapSomething(world, phone, tab, choose(chance, [7]))
}

/** One tap of this person on this page: mostly on what the phone shows, sometimes on what is long gone. */
export async function tapOnce(world: SoakWorld, phone: SoakPhone, tab: SoakTab): Promise<string> {
  const { chance } = phone
  if (phone.coordinator && chance.happens(0.6)) return lead(world, phone, tab, chance)
  const special = chance.happens(0.15) ? await answerOffer(tab, chance) : chance.happens(0.35) ? await workOnOwn(tab, chance) : null
  return special ?? tapSomething(world, { coordinator: false }, tab, choose(chance, OWN))
}
