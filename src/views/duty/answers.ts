import type { MutationArgs } from '#domain/mutations.ts'

export type Eta = 0 | 5 | 15 | 30
export type Reason = 'work' | 'ill' | 'away' | 'other'
/** What a claim is made of; `assignment_id` only for a place that a coordinator keeps for me. */
export interface Asked { shift_id: string, offer_id?: string, assignment_id?: string }

/** The arguments of a yes from a screen: when the place is gone it is refused, the waitlist is a choice of its own. */
export function yesTo(asked: Asked, eta_min: Eta | null, id: () => string): MutationArgs['accept_shift'] {
  const { shift_id, offer_id = null, assignment_id = id() } = asked
  return { assignment_id, shift_id, offer_id, eta_min, on_full: 'refuse', waitlist_id: id() }
}

/** The arguments of taking a yes back at once, without being asked why. */
export function takenBack({ assignment_id }: { assignment_id: string }): MutationArgs['withdraw'] {
  return { assignment_id, reason: 'other' }
}
