import type { PlanInput, PlanPerson, PlanTurn } from './planInput.ts'
import type { Span } from './span.ts'
import { isBinding } from './assignment.ts'
import { fatigueOf } from './fatigue.ts'
import { isNight } from './pattern.ts'
import { overlaps } from './span.ts'
import { ms } from './time.ts'

export const NOT_CONTACTED = [
  'no_login',
  'not_confirmed',
  'paused',
  'out_of_scope',
  'overlap',
  'has_offer',
  'no_night_consent',
  'on_duty',
  'over_limit',
  'resting',
  'unit_quota',
] as const
/** Why a person gets no request; the first that holds, in this order. */
export type NotContacted = typeof NOT_CONTACTED[number]

/** What is known of everybody: turns by person, and who has a live request. */
export interface Known { turns: Map<string, PlanTurn[]>, offered: Set<string> }

/** Gathers turns by person, and the people whose live request keeps them from being asked. */
export function knownOf(input: PlanInput): Known {
  const turns = new Map<string, PlanTurn[]>()
  for (const turn of input.turns) turns.set(turn.responder_id, [...turns.get(turn.responder_id) ?? [], turn])
  const live = input.offers.filter(o => o.state === 'sent' && ms(o.expires_at) > ms(input.now))
  return { turns, offered: new Set(live.map(o => o.responder_id)) }
}

/** Couriers and drivers carry and report; they are never asked to hold a gate (G2). */
function outOfScope(person: PlanPerson, input: PlanInput): boolean {
  return person.kind === 'new_employment' && (input.post_kind === 'gate' || input.post_kind === 'unit_door')
}

/** What one more turn would do to a person (R17). */
function tired(turns: readonly PlanTurn[], slot: Span): 'over_limit' | 'resting' | null {
  const { hard, soft } = fatigueOf(turns, slot)
  if (hard) return 'over_limit'
  return soft.length > 0 ? 'resting' : null
}

/** The reason a person cannot be asked for a slot, or null. */
export function blocked(
  person: PlanPerson,
  slot: Span,
  input: PlanInput,
  known: Known,
): Exclude<NotContacted, 'unit_quota'> | null {
  if (person.login !== 'active') return 'no_login'
  if (person.report_in !== 'confirmed') return 'not_confirmed'
  if (person.state !== 'active') return 'paused'
  if (outOfScope(person, input)) return 'out_of_scope'
  const turns = (known.turns.get(person.id) ?? []).filter(t => isBinding(t.state))
  if (turns.some(t => overlaps(t, slot))) return 'overlap'
  if (known.offered.has(person.id)) return 'has_offer'
  if (isNight(slot) && person.night !== 'yes') return 'no_night_consent'
  if (turns.some(t => t.state === 'on_post')) return 'on_duty'
  return input.drill ? null : tired(known.turns.get(person.id) ?? [], slot)
}
