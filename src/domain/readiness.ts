import type { NoContactReason, PlanInput } from './askables.ts'
import type { Span } from './span.ts'
import type { Tier } from './waves.ts'
import { blocked, factsOf } from './askables.ts'
import { spanOf } from './span.ts'
import { HOUR, startOfDay } from './time.ts'
import { chance, CONFIDENCE, tierRate } from './waves.ts'

/** People that each building needs, as the form of a call-out begins. */
export const EACH_BUILDING = 2

/** Could a call-out for all buildings of an estate be filled in a slot? */
export interface EstateReadiness {
  estate: string
  buildings: number
  /** people needed */
  need: number
  /** who can be asked: those who live in the estate, and the others of the community */
  near: number
  others: number
  /** yeses to be expected of all of them, by the rates of R5 */
  expected: number
  /** enough say yes with a chance of 0.90, for which waves are sized too */
  ready: boolean
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

type Facts = 'post_kind' | 'people' | 'turns' | 'absences' | 'availability' | 'offers' | 'records' | 'tree' | 'now'
export interface ReadinessInput extends Pick<PlanInput, Facts> {
  slot: Span
  /** each estate with its buildings, ids */
  estates: readonly { id: string, buildings: readonly string[] }[]
}

/**
 * Says for each estate whether a call-out there could be filled, by the same rules by which a call-out asks people. The
 * reserve of the street is not counted: this phone does not know it.
 */
export function readiness(input: ReadinessInput): Readiness {
  const { slot, people, records, tree } = input
  const known = factsOf(input)
  const reasons = new Map<NoContactReason, number>()
  const free = people.filter((person) => {
    const why = blocked(person, slot, input, known)
    if (why !== null) reasons.set(why, (reasons.get(why) ?? 0) + 1)
    return why === null
  })
  const homes = free.map(p => p.home_building_id && tree.at(p.home_building_id, 'estate')?.id)
  const rate = (tier: Tier): number => tierRate(records[tier] ?? { asked: 0, accepted: 0 })
  const estates = input.estates.map(({ id, buildings }): EstateReadiness => {
    const near = homes.filter(home => home === id).length
    const others = free.length - near
    const sum = near * rate('estate') + others * rate('community')
    const need = buildings.length * EACH_BUILDING
    // two rates that differ little: their mean stands for both
    const ready = free.length > 0 && chance(free.length, sum / free.length, need) >= CONFIDENCE
    return { estate: id, buildings: buildings.length, need, near, others, expected: Math.floor(sum + 1e-9), ready }
  })
  return {
    slot,
    free: free.length,
    estates,
    reasons: [...reasons].map(([reason, n]) => ({ reason, n })).sort((a, b) => b.n - a.n),
  }
}
