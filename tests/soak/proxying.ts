import type { Hand, Moves } from './hand.ts'
import { MINUTE } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { newId } from './hand.ts'

/** What coordinators tap for people without a phone. */
export const PROXYING = ['accept_for', 'log_call'] as const

/** People of the community without a login: they confirm nothing by themselves. */
export async function silent(hand: Hand): Promise<Set<string>> {
  const people = await hand.tab.db.rows('responder_lead').toArray()
  return new Set(people.filter(r => r.login === 'none').map(r => r.id))
}

/** The last no that each coordinator wrote down, by their login; it may be taken back. */
const answered = new Map<string, string>()

/** What a coordinator taps in the place of somebody else, from what their phone shows. */
export const proxyMoves: Moves<typeof PROXYING[number]> = {
  accept_for: async (hand) => {
    const [people, now] = [await silent(hand), clock.stamp(MINUTE)]
    const given = (await hand.places()).filter(a => a.state === 'assigned' && a.ends_at > now)
    const place = hand.any(given.filter(a => people.has(a.responder_id)))
    return place && { assignment_id: place.id }
  },
  log_call: async (hand) => {
    const said = answered.get(hand.account.login)
    if (said && hand.chance.happens(0.3)) {
      answered.delete(hand.account.login)
      return { offer_id: said, result: 'undone', assignment_id: newId(), waitlist_id: newId() }
    }
    const call = hand.newest(
      (await hand.tab.db.rows('call_lead').toArray()).filter(c => c.community_id === hand.account.ground.community),
    )
    const asked = call && (await hand.tab.db.rows('offer_lead').get(call.id))?.state === 'sent'
    const result = hand.chance.of(
      asked ? ['no_answer', 'switched_off', 'declined'] as const : ['no_answer', 'switched_off'] as const,
    )
    if (call && result === 'declined') answered.set(hand.account.login, call.id)
    return call && { offer_id: call.id, result, assignment_id: newId(), waitlist_id: newId() }
  },
}
