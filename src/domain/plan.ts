import type { OrgTree } from './orgTree.ts'
import type { AssignmentState, OfferLead, ResponderLead } from './rows.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import { isBinding } from './assignment.ts'
import { distance } from './orgTree.ts'
import { isNight } from './pattern.ts'
import { overlaps } from './span.ts'
import { ms } from './time.ts'

export const NOT_CONTACTED = ['no_login', 'not_confirmed', 'paused', 'overlap', 'has_offer', 'no_night_consent', 'on_duty'] as const
/** Why a person gets no request; the first that holds, in this order. */
export type NotContacted = typeof NOT_CONTACTED[number]

export type PlanPerson = Pick<ResponderLead, 'id' | 'home_building_id' | 'login' | 'report_in' | 'state' | 'night'>
export interface PlanTurn extends Span { responder_id: string, state: AssignmentState, off_post_at?: string | null }
export interface PlanInput {
  /** buildings and gates, in the order of the form */
  unitIds: readonly string[]
  slots: readonly Span[]
  /** people per place and slot */
  capacity: number
  people: readonly PlanPerson[]
  turns: readonly PlanTurn[]
  /** live requests that keep a person from being asked: for a real call-out only those of real ones */
  offers: readonly Pick<OfferLead, 'responder_id' | 'state' | 'expires_at'>[]
  tree: OrgTree
  now: Instant
}

export interface Contact { responder_id: string, org_unit_id: string, slot: Span }
/** What publishing would do: places over all slots, who is asked for the first slot, who is not and why, and slots with too few people. */
export interface Plan {
  places: number
  slots: number
  contacted: Contact[]
  not_contacted: { responder_id: string, reason: NotContacted }[]
  gaps: { slot: Span, places: number, candidates: number, missing: number }[]
}

interface Known { turns: Map<string, PlanTurn[]>, offered: Set<string>, now: number }

/** The reason a person cannot be asked for a slot, or null. */
function blocked(person: PlanPerson, slot: Span, known: Known): NotContacted | null {
  if (person.login !== 'active') return 'no_login'
  if (person.report_in !== 'confirmed') return 'not_confirmed'
  if (person.state !== 'active') return 'paused'
  const turns = (known.turns.get(person.id) ?? []).filter(t => isBinding(t.state))
  if (turns.some(t => overlaps(t, slot))) return 'overlap'
  if (known.offered.has(person.id)) return 'has_offer'
  if (isNight(slot) && person.night !== 'yes') return 'no_night_consent'
  return turns.some(t => t.state === 'on_post') ? 'on_duty' : null
}

/** ms of the end of a person's last turn that was served, or -1 for a newcomer. */
function lastServed(turns: readonly PlanTurn[]): number {
  const ends = turns.filter(t => t.state === 'done' || t.state === 'relieved' || t.state === 'on_post').map(t => ms(t.off_post_at ?? t.ends_at))
  return Math.max(-1, ...ends)
}

interface Ranked { person: PlanPerson, near: 0 | 1 | 2, last: number }

/** This building → this estate → the community; then least recently on duty, newcomers first; then id. */
function rank(people: readonly PlanPerson[], input: PlanInput, known: Known): Ranked[] {
  const near = (p: PlanPerson) => Math.min(2, ...input.unitIds.map(u => distance(input.tree, p.home_building_id, u))) as 0 | 1 | 2
  return people
    .map(person => ({ person, near: near(person), last: lastServed(known.turns.get(person.id) ?? []) }))
    .sort((a, b) => a.near - b.near || a.last - b.last || (a.person.id < b.person.id ? -1 : 1))
}

/** Suggests a place: the own building, else in turn over the own estate's places, else in turn over all. */
function spread(ranked: readonly Ranked[], input: PlanInput, slot: Span): Contact[] {
  const taken = new Map<string, number>()
  return ranked.map(({ person, near }) => {
    const home = person.home_building_id
    const pool = input.unitIds.filter(u => distance(input.tree, home, u) <= near)
    const key = near === 2 ? '' : near === 1 && home ? input.tree.at(home, 'estate')?.id ?? '' : person.id
    const turn = taken.get(key) ?? 0
    taken.set(key, turn + 1)
    return { responder_id: person.id, org_unit_id: pool[turn % pool.length] ?? '', slot }
  })
}

function index(input: PlanInput): Known {
  const turns = new Map<string, PlanTurn[]>()
  for (const turn of input.turns) {
    turns.set(turn.responder_id, [...turns.get(turn.responder_id) ?? [], turn])
  }
  const live = input.offers.filter(o => o.state === 'sent' && ms(o.expires_at) > ms(input.now))
  return { turns, offered: new Set(live.map(o => o.responder_id)), now: ms(input.now) }
}

/**
 * The preview of a call-out. Every eligible person gets one request, for the first slot that is not over.
 * Deterministic: the same input gives the same plan, whatever the order of people and turns.
 */
export function planCallout(input: PlanInput): Plan {
  const known = index(input)
  const ahead = [...input.slots].filter(s => ms(s.ends_at) > known.now).sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
  const first = ahead[0]
  const perSlot = input.unitIds.length * input.capacity
  const count = (slot: Span) => input.people.filter(p => blocked(p, slot, known) === null).length
  const gaps = ahead.map(slot => ({ slot, places: perSlot, candidates: count(slot) })).map(g => ({ ...g, missing: Math.max(0, g.places - g.candidates) }))
  const base = { places: perSlot * ahead.length, slots: ahead.length, gaps: gaps.filter(g => g.missing > 0) }
  if (!first || input.unitIds.length === 0) return { ...base, contacted: [], not_contacted: [] }
  const judged = input.people.map(person => ({ person, reason: blocked(person, first, known) }))
  const eligible = rank(judged.filter(j => j.reason === null).map(j => j.person), input, known)
  const not_contacted = judged.flatMap(j => j.reason
    ? [
        { responder_id: j.person.id, reason: j.reason },
      ]
    : [])
    .sort((a, b) => a.responder_id < b.responder_id ? -1 : 1)
  return { ...base, contacted: spread(eligible, input, first), not_contacted }
}

/** How many people share each reason, most first; ties in the fixed order of reasons. */
export function countReasons(plan: Pick<Plan, 'not_contacted'>): { reason: NotContacted, n: number }[] {
  return NOT_CONTACTED.map(reason => ({ reason, n: plan.not_contacted.filter(p => p.reason === reason).length }))
    .filter(r => r.n > 0)
    .sort((a, b) => b.n - a.n)
}
