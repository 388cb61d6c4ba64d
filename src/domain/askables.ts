import type { Hours } from './availability.ts'
import type { FatigueTurn } from './fatigue.ts'
import type { OrgTree } from './orgTree.ts'
import type { Absence } from './personTimes.ts'
import type { CalloutPolicy } from './policy.ts'
import type { OfferLead, OfferWhy, ResponderLead } from './rows.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import type { Tier, TierRecord } from './waves.ts'
import type { PostKind, ResponderKind } from './words.ts'
import { absencesByPerson, awayDuring } from './absence.ts'
import { isBinding } from './assignment.ts'
import { isOffHours, isReady } from './availability.ts'
import { fatigueOf } from './fatigue.ts'
import { isNight } from './pattern.ts'
import { lackedSkill } from './person.ts'
import { overlaps } from './span.ts'
import { DAY, ms } from './time.ts'

type PersonColumn =
  'id' | 'home_building_id' | 'login' | 'report_in' | 'state' | 'night' | 'kind' | 'skills' | 'partner_unit_name'

/** What the plan of a call-out looks at of a person. */
export type PlanPerson = Pick<ResponderLead, PersonColumn>
/** A turn somebody has or had, for rest and load. */
export interface PlanTurn extends FatigueTurn { responder_id: string }
/** Everything the preview of a call-out depends on; the same input gives the same plan. */
export interface PlanInput {
  /** buildings and gates, in the order of the form */
  unitIds: readonly string[]
  slots: readonly Span[]
  /** people per place and slot */
  capacity: number
  post_kind: PostKind
  /** of a drill: hours count for nothing */
  drill?: boolean
  people: readonly PlanPerson[]
  turns: readonly PlanTurn[]
  /** who said when they are away (请假): they are not asked then */
  absences: readonly Pick<Absence, 'responder_id' | 'starts_at' | 'ends_at'>[]
  /** when people can serve (可值守时间), by person: outside it they are not asked; 今天可以 puts them first */
  availability: ReadonlyMap<string, Hours>
  /** live requests that keep a person from being asked: for a real call-out only those of real ones */
  offers: readonly Pick<OfferLead, 'responder_id' | 'state' | 'expires_at'>[]
  policy: CalloutPolicy
  /** what each tier answered to real calls in 90 days */
  records: Readonly<Partial<Record<Tier, TierRecord>>>
  tree: OrgTree
  now: Instant
}

export const NOT_CONTACTED = [
  'no_login', 'not_confirmed', 'paused', 'out_of_scope', 'no_skill', 'overlap', 'away', 'off_hours', 'has_offer',
  'no_night_consent', 'on_duty', 'over_limit', 'resting', 'unit_quota',
] as const
/** Why a person gets no request; the first that holds, in this order. */
export type NoContactReason = typeof NOT_CONTACTED[number]

/** What a call-out asks for, as far as it decides who is asked. */
export type AskedFor = Pick<PlanInput, 'post_kind' | 'drill' | 'now'> & { policy: Pick<CalloutPolicy, 'skill'> }

/** What the plan knows of people: turns, absences and availability by person, and who has a live request. */
export interface PeopleFacts {
  turns: Map<string, PlanTurn[]>, away: Map<string, Span[]>, availability: ReadonlyMap<string, Hours>
  offered: Set<string>
}

/** Gathers turns and absences by person, and the people whose live request keeps them from being asked. */
export function factsOf(input: Pick<PlanInput, 'turns' | 'absences' | 'availability' | 'offers' | 'now'>): PeopleFacts {
  const turns = new Map<string, PlanTurn[]>()
  for (const turn of input.turns) turns.set(turn.responder_id, [...turns.get(turn.responder_id) ?? [], turn])
  const live = input.offers.filter(o => o.state === 'sent' && ms(o.expires_at) > ms(input.now))
  const offered = new Set(live.map(o => o.responder_id))
  return { turns, away: absencesByPerson(input.absences), availability: input.availability, offered }
}

/** Couriers and drivers carry and report; they are never asked to hold a gate (G2). A post not known here is none. */
export function outOfScope(kind: ResponderKind, post: PostKind | null): boolean {
  return kind === 'new_employment' && (post === 'gate' || post === 'unit_door')
}

/** May somebody stand at a shift, by what they are and what they can do? Whether they are free is another question. */
export function mayHold(
  person: { kind: ResponderKind, skills: readonly string[] },
  shift: { post_kind: PostKind | null, skill?: string | null },
): boolean {
  return !outOfScope(person.kind, shift.post_kind) && lackedSkill(shift.skill, person.skills) === null
}

/** What one more turn would do to a person (R17). */
function tired(turns: readonly PlanTurn[], slot: Span): 'over_limit' | 'resting' | null {
  const { hard, soft } = fatigueOf(turns, slot)
  if (hard) return 'over_limit'
  return soft.length > 0 ? 'resting' : null
}

/** The reason a person cannot be asked for a slot, or null. */
export function blocked(
  person: PlanPerson, slot: Span, input: AskedFor, known: PeopleFacts,
): Exclude<NoContactReason, 'unit_quota'> | null {
  if (person.login !== 'active') return 'no_login'
  if (person.report_in !== 'confirmed') return 'not_confirmed'
  if (person.state !== 'active') return 'paused'
  if (outOfScope(person.kind, input.post_kind)) return 'out_of_scope'
  if (lackedSkill(input.policy.skill, person.skills) !== null) return 'no_skill'
  const turns = (known.turns.get(person.id) ?? []).filter(t => isBinding(t.state))
  if (turns.some(t => overlaps(t, slot))) return 'overlap'
  if (awayDuring(known.away.get(person.id) ?? [], slot)) return 'away'
  if (isOffHours(known.availability.get(person.id), slot, input.now)) return 'off_hours'
  if (known.offered.has(person.id)) return 'has_offer'
  if (isNight(slot) && person.night !== 'yes') return 'no_night_consent'
  if (turns.some(t => t.state === 'on_post')) return 'on_duty'
  return input.drill ? null : tired(known.turns.get(person.id) ?? [], slot)
}

/** A person who can be asked for a slot, with the tier and the reasons of the turn in it. */
export interface Askable { person: PlanPerson, tier: Exclude<Tier, 'street'>, why: OfferWhy }

/** Buildings, estates and grids around the places of a call-out. */
interface Spots { units: Set<string>, estates: Set<string>, grids: Set<string> }

function spotsOf(unitIds: readonly string[], tree: OrgTree): Spots {
  const around = (level: 'estate' | 'grid') => new Set(unitIds.flatMap(u => tree.at(u, level)?.id ?? []))
  return { units: new Set(unitIds), estates: around('estate'), grids: around('grid') }
}

/** 0 this building, 1 this estate, 2 this grid, 3 the community, 4 elsewhere. */
function nearness(home: string | null, spots: Spots, tree: OrgTree): OfferWhy['near'] {
  if (!home) return 4
  if (spots.units.has(home)) return 0
  if (spots.estates.has(tree.at(home, 'estate')?.id ?? '')) return 1
  if (spots.grids.has(tree.at(home, 'grid')?.id ?? '')) return 2
  return tree.get(home) ? 3 : 4
}

/** 本社区: people who live here or stand for no unit; 结对单位: a unit's people from elsewhere. 街道预备队 is not here. */
function tierOf(person: PlanPerson, near: OfferWhy['near']): Askable['tier'] {
  if (near === 0) return 'building'
  if (near === 1) return 'estate'
  return near < 4 || person.partner_unit_name === null ? 'community' : 'unit'
}

/** Whole days of rest before the slot, 7 = a week or more; and the turns of 30 days. */
function recordOf(turns: readonly PlanTurn[], slot: Span, now: number): Pick<OfferWhy, 'rest' | 'load'> {
  const served = turns.filter(t => (t.state === 'done' || t.state === 'relieved') && ms(t.ends_at) > now - 30 * DAY)
  const last = Math.max(-Infinity, ...served.map(t => ms(t.off_post_at ?? t.ends_at)))
  return { rest: Math.min(7, Math.max(0, Math.floor((ms(slot.starts_at) - last) / DAY))), load: served.length }
}

/**
 * People in the order they are asked: within a tier first who said 今天可以, then by days of rest, nearness, turns in 30
 * days, id (R6). The same order as SQL private.askables; tests/db/plan.test.ts compares the two.
 */
export function inOrder(
  people: readonly PlanPerson[], slot: Span, input: PlanInput, turns: ReadonlyMap<string, readonly PlanTurn[]>,
): Askable[] {
  const spots = spotsOf(input.unitIds, input.tree)
  const askables = people.map((person): Askable => {
    const near = nearness(person.home_building_id, spots, input.tree)
    const ready = isReady(input.availability.get(person.id), Math.max(ms(slot.starts_at), ms(input.now)))
    const why = { ready, near, ...recordOf(turns.get(person.id) ?? [], slot, ms(input.now)) }
    return { person, tier: tierOf(person, near), why }
  })
  const byId = (a: Askable, b: Askable): number => a.person.id < b.person.id ? -1 : 1
  return askables.sort((a, b) => Number(b.why.ready) - Number(a.why.ready)
    || b.why.rest - a.why.rest || a.why.near - b.why.near || a.why.load - b.why.load || byId(a, b))
}

/**
 * Keeps at most `max` people of each partner unit.
 * @param askable in the order they are asked
 * @param order of the tiers
 * @param max null = no limit
 * @returns who stays, and who is over the quota
 */
export function withinQuota(
  askable: readonly Askable[], order: readonly Tier[], max: number | null,
): { kept: Askable[], over: Askable[] } {
  const byTier = [...askable].sort((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier))
  const taken = new Map<string, number>()
  const [kept, over]: [Askable[], Askable[]] = [[], []]
  for (const one of byTier) {
    const unit = one.person.partner_unit_name
    const n = unit === null ? 0 : (taken.get(unit) ?? 0) + 1
    if (unit !== null) taken.set(unit, n)
    if (max === null || n <= max) kept.push(one)
    else over.push(one)
  }
  return { kept, over }
}
