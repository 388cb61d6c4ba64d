import type { Askable, NoContactReason, PlanInput } from './askables.ts'
import type { OfferWhy } from './rows.ts'
import type { Span } from './span.ts'
import type { Tier, Wave } from './waves.ts'
import { blocked, factsOf, inOrder, NOT_CONTACTED, withinQuota } from './askables.ts'
import { tiersOf } from './policy.ts'
import { HOUR, ms } from './time.ts'
import { CONFIDENCE, tierRate, TIERS, waveOf } from './waves.ts'

/** One tier of the first slot: who could be asked, who is, and how likely one says yes. */
export interface TierPlan { tier: Tier, people: number, asked: number, rate: number }

/** One tier while the ladder is climbed. */
interface Row { tier: Tier, people: number, asked: number, rate: number }

const rateOf = (input: PlanInput, tier: Tier): number => tierRate(input.records[tier] ?? { asked: 0, accepted: 0 })

function wave(rows: readonly Row[], row: Row, need: number, left: number): Wave {
  const expected = rows.filter(r => r !== row).reduce((sum, r) => sum + r.asked * r.rate, 0)
  return waveOf({ need, expected, rate: row.rate, pending: row.asked, left })
}

/**
 * Is the need as good as met by the people asked so far? One tier for which that holds is enough, given what the others
 * may still answer.
 */
const willDo = (rows: readonly Row[], open: readonly Row[], need: number): boolean =>
  open.some(row => wave(rows, row, need, 0).chance >= CONFIDENCE)

/** Asks the opened tiers once, in order; answers whether that makes it 0.90. */
function ask(rows: readonly Row[], tiers: readonly Tier[], need: number, everyone: boolean): boolean {
  const open = rows.filter(r => tiers.includes(r.tier))
  for (const row of open) {
    if (willDo(rows, open, need)) return true
    const more = wave(rows, row, need, row.people - row.asked).ask
    row.asked += everyone && more > 0 ? row.people - row.asked : more
  }
  return willDo(rows, open, need)
}

/**
 * The first minute of a call-out's slot: rung after rung is opened as long as those before it are spent and fall short
 * (R5, R10).
 * @param kept who can be asked, in order
 * @param need places of the slot
 * @param input of the whole plan
 */
function firstMinute(
  kept: readonly Askable[],
  need: number,
  input: PlanInput,
): { asked: Askable[], tiers: TierPlan[], beyond: boolean } {
  const rows = TIERS.map(tier => ({
    tier,
    people: kept.filter(k => k.tier === tier).length,
    asked: 0,
    rate: rateOf(input, tier),
  }))
  const steps = input.policy.steps
  let beyond = false
  for (let position = 1; position <= steps.length; position++) {
    const later = steps.slice(position).flatMap(s => s.tiers)
    if (steps[position - 1]!.tiers.includes('street')) {
      beyond = true
      break
    }
    if (ask(rows, steps.slice(0, position).flatMap(s => s.tiers), need, input.policy.pace === 'everyone')) break
    const pending = rows.some(r => r.asked > 0)
    if (pending && !rows.some(r => later.includes(r.tier) && r.people > 0) && !later.includes('street')) break
  }
  const asked = rows.flatMap(r => kept.filter(k => k.tier === r.tier).slice(0, r.asked))
  return { asked, beyond, tiers: rows.filter(r => r.tier !== 'street' && steps.some(s => s.tiers.includes(r.tier))) }
}

export interface Contact { responder_id: string, tier: Tier, org_unit_id: string, slot: Span, why: OfferWhy }
/**
 * What publishing would do: places over all slots, who is asked at once, who stands by, who is not asked and why, and
 * slots with too few people.
 */
export interface Plan {
  places: number
  slots: number
  contacted: Contact[]
  /** could be asked for the first slot, and is as soon as answers fall short */
  standby: { responder_id: string, tier: Tier }[]
  not_contacted: { responder_id: string, reason: NoContactReason }[]
  tiers: TierPlan[]
  /** the community is not enough: people of other communities of the street, unknown to this phone, are asked too */
  beyond: boolean
  gaps: { slot: Span, places: number, candidates: number, missing: number }[]
}

/** Suggests a place: the own building, else in turn over the own estate's places, else in turn over all. */
function spread(asked: readonly Askable[], input: PlanInput, slot: Span): Contact[] {
  const taken = new Map<string, number>()
  return asked.map(({ person, tier, why }) => {
    const home = person.home_building_id
    const estate = home && why.near === 1 ? input.tree.at(home, 'estate')?.id : undefined
    const isNear = (unit: string): boolean => estate === undefined || input.tree.at(unit, 'estate')?.id === estate
    const pool = input.unitIds.filter(u => why.near === 0 ? u === home : isNear(u))
    const key = why.near === 0 ? person.id : estate ?? ''
    const turn = taken.get(key) ?? 0
    taken.set(key, turn + 1)
    return { responder_id: person.id, tier, org_unit_id: pool[turn % pool.length] ?? '', slot, why }
  })
}

/** Slots asked when the call-out opens: the first, those that start within 2 h, or all of them (R5). */
function openedAtOnce(ahead: readonly Span[], input: PlanInput): Span[] {
  const soon = ms(input.now) + 2 * HOUR
  return ahead.filter((s, i) => i === 0 || input.policy.ask_later === 'now' || ms(s.starts_at) <= soon)
}

/**
 * The preview of a call-out, before anything is sent. It makes the same choices as SQL private.climb at opening, from
 * what this phone knows.
 * Deterministic: the same input gives the same plan, whatever the order of people and turns.
 */
export function planCallout(input: PlanInput): Plan {
  const known = factsOf(input)
  const ahead = [...input.slots].filter(s => ms(s.ends_at) > ms(input.now))
  ahead.sort((a, b) => ms(a.starts_at) - ms(b.starts_at) || ms(a.ends_at) - ms(b.ends_at))
  const perSlot = input.unitIds.length * input.capacity
  const gaps = ahead.map((slot) => {
    const candidates = input.people.filter(p => blocked(p, slot, input, known) === null).length
    return { slot, places: perSlot, candidates, missing: Math.max(0, perSlot - candidates) }
  }).filter(g => g.missing > 0)
  const none = { contacted: [], standby: [], not_contacted: [], tiers: [], beyond: false }
  const plan: Plan = { places: perSlot * ahead.length, slots: ahead.length, ...none, gaps }
  if (ahead.length === 0 || input.unitIds.length === 0) return plan
  const reasons = new Map<string, NoContactReason>()
  const waiting = new Map<string, Tier>()
  openedAtOnce(ahead, input).forEach((slot, i) => {
    const free = input.people.filter((p) => {
      const why = blocked(p, slot, input, known)
      if (why !== null && i === 0) reasons.set(p.id, why)
      return why === null
    })
    const allowed = inOrder(free, slot, input, known.turns)
    const { kept, over } = withinQuota(allowed, tiersOf(input.policy), input.policy.unit_max)
    const wave = firstMinute(kept, perSlot, input)
    plan.contacted.push(...spread(wave.asked, input, slot))
    for (const { person } of wave.asked) known.offered.add(person.id)
    if (i > 0) return
    Object.assign(plan, { tiers: wave.tiers, beyond: wave.beyond })
    for (const { person } of over) reasons.set(person.id, 'unit_quota')
    for (const { person, tier } of kept) {
      if (tiersOf(input.policy).includes(tier)) waiting.set(person.id, tier)
      else reasons.set(person.id, 'out_of_scope')
    }
  })
  for (const { responder_id } of plan.contacted) {
    waiting.delete(responder_id)
    reasons.delete(responder_id)
  }
  plan.standby = [...waiting].map(([responder_id, tier]) => ({ responder_id, tier }))
  plan.not_contacted = [...reasons].map(([responder_id, reason]) => ({ responder_id, reason }))
  plan.not_contacted.sort((a, b) => a.responder_id < b.responder_id ? -1 : 1)
  return plan
}

/** How many people share each reason, most first; ties in the fixed order of reasons. */
export function countReasons(plan: Pick<Plan, 'not_contacted'>): { reason: NoContactReason, n: number }[] {
  return NOT_CONTACTED.map(reason => ({ reason, n: plan.not_contacted.filter(p => p.reason === reason).length }))
    .filter(r => r.n > 0)
    .sort((a, b) => b.n - a.n)
}
