import type { NoContactReason, PlanInput } from './askables.ts'
import type { Span } from './span.ts'
import type { Tier } from './waves.ts'
import { blocked, factsOf } from './askables.ts'
import { BLANK_START } from './calloutTemplates.ts'
import { spanOf } from './span.ts'
import { HOUR, startOfDay } from './time.ts'
import { chance, CONFIDENCE, tierRate, TIERS } from './waves.ts'

/** People that each building needs, as the form of a call-out begins. */
export const EACH_BUILDING = BLANK_START.capacity

/** Could a call-out be filled in a slot? */
interface Filling {
  /** people needed */
  need: number
  /** yeses to be expected of all who can be asked, by the rates of R5 */
  expected: number
  /** enough say yes with a chance of 0.90, for which waves are sized too */
  ready: boolean
}
/** Of a call-out for one building alone; `own` = who lives there and can be asked. */
export interface BuildingReadiness extends Filling { building: string, own: number }
/** Of a call-out for all buildings of an estate. */
export interface EstateReadiness extends Filling {
  estate: string
  buildings: BuildingReadiness[]
  /** who can be asked: those who live in the estate, and the others of the community */
  near: number
  others: number
}
/** How ready a community is for a slot (R41), before any alarm. */
export interface Readiness {
  slot: Span
  /** people who can be asked */
  free: number
  estates: EstateReadiness[]
  /** how many cannot be asked, by the first reason, the commonest first */
  reasons: { reason: NoContactReason, n: number }[]
}
/**
 * The two times that readiness is said for: three hours from now, and the night (22–06) that is on. After four in the
 * morning it is the next one: of this one little is left.
 */
export function readySlots(now: number): { now: Span, night: Span } {
  const day = startOfDay(now)
  const begins = now < day + 4 * HOUR ? day - 2 * HOUR : day + 22 * HOUR
  return { now: spanOf(now, now + 3 * HOUR), night: spanOf(Math.max(now, begins), begins + 8 * HOUR) }
}

type Facts = 'people' | 'turns' | 'absences' | 'availability' | 'offers' | 'records' | 'tree' | 'now'
export interface ReadinessInput extends Pick<PlanInput, Facts> {
  slot: Span
  /** each estate with its buildings, ids */
  estates: readonly { id: string, buildings: readonly string[] }[]
  /** only people who can this are counted; null: everybody */
  skill: string | null
}

/**
 * Says for each estate and building whether a call-out there could be filled, by the same rules by which a call-out
 * asks people, for what its form begins with. The reserve of the street is not counted: this phone does not know it.
 */
export function readiness(input: ReadinessInput): Readiness {
  const { slot, people, tree } = input
  const known = factsOf(input)
  const asked = { post_kind: BLANK_START.kind, now: input.now, policy: { skill: input.skill } }
  const reasons = new Map<NoContactReason, number>()
  const free = people.filter((person) => {
    const why = blocked(person, slot, asked, known)
    if (why !== null) reasons.set(why, (reasons.get(why) ?? 0) + 1)
    return why === null
  })
  const homes = free.flatMap(p => p.home_building_id ?? [])
  const [inBuilding, inEstate] = [counted(homes), counted(homes.flatMap(home => tree.at(home, 'estate')?.id ?? []))]
  const estates = input.estates.map(({ id: estate, buildings: ids }): EstateReadiness => {
    // buildings that stand in no estate are one group here; who lives beside them is not nearer than others
    const live = inEstate.get(estate) ?? 0
    const fill = (buildings: number, own: number): Filling => {
      const near = Math.max(live, own)
      const tiers = { building: own, estate: near - own, community: free.length - near }
      return filling(buildings, tiers, input.records)
    }
    const buildings = ids.map((building) => {
      const own = inBuilding.get(building) ?? 0
      return { building, own, ...fill(1, own) }
    })
    const own = buildings.reduce((sum, b) => sum + b.own, 0)
    const near = Math.max(live, own)
    return { estate, buildings, near, others: free.length - near, ...fill(ids.length, own) }
  })
  return {
    slot,
    free: free.length,
    estates,
    reasons: [...reasons].map(([reason, n]) => ({ reason, n })).sort((a, b) => b.n - a.n),
  }
}

/** How often each value stands in a list. */
function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Whether so many people of each tier fill a call-out for so many buildings. */
function filling(
  buildings: number, people: Partial<Record<Tier, number>>, records: ReadinessInput['records'],
): Filling {
  const tiers = TIERS.map(tier => ({
    n: people[tier] ?? 0, rate: tierRate(records[tier] ?? { asked: 0, accepted: 0 }),
  }))
  const all = tiers.reduce((sum, { n }) => sum + n, 0)
  const sum = tiers.reduce((sum, { n, rate }) => sum + n * rate, 0)
  const need = buildings * EACH_BUILDING
  // rates that differ little: their mean stands for all
  const ready = all > 0 && chance(all, sum / all, need) >= CONFIDENCE
  return { need, expected: Math.floor(sum + 1e-9), ready }
}
