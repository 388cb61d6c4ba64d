import type { Tier } from './waves.ts'
import type { OrgLevel } from './words.ts'

/** waves: the fewest who will do. everyone: 先到先得, a tier is asked whole. */
export const PACES = ['waves', 'everyone'] as const
export type Pace = typeof PACES[number]

/** One rung of the ladder: an area with its tiers, and the minutes until the next one is due (R10). */
export interface PolicyStep {
  level: Extract<OrgLevel, 'building' | 'estate' | 'community' | 'street' | 'district'>, minutes: number
  tiers: readonly Tier[]
}

/**
 * What a coordinator chooses when the call-out opens. It is stamped onto the call-out, and no later edit changes it.
 * SQL: private.policy_of.
 */
export interface CalloutPolicy {
  pace: Pace
  /** slots that start later than in 2 h: asked 12 h before they start, or now */
  ask_later: 'at_12h' | 'now'
  /** people of one partner unit asked for one slot, 1–50; null: no limit */
  unit_max: number | null
  /** only people who can this are asked and may take a place; null: anybody */
  skill: string | null
  /** levels upwards, at least one; 1–240 minutes each */
  steps: readonly PolicyStep[]
}

/** 楼栋 → 小区 → 社区 → 街道 → 区, 5 / 10 / 15 / 30 minutes apart. The same as SQL private.default_policy. */
export const DEFAULT_POLICY: CalloutPolicy = {
  pace: 'waves',
  ask_later: 'at_12h',
  unit_max: null,
  skill: null,
  steps: [
    { level: 'building', minutes: 5, tiers: ['building'] },
    { level: 'estate', minutes: 10, tiers: ['estate'] },
    { level: 'community', minutes: 15, tiers: ['community', 'unit'] },
    { level: 'street', minutes: 30, tiers: ['street'] },
    { level: 'district', minutes: 30, tiers: [] },
  ],
}

/** The policy with one tier taken out or put back; a rung stays, it still tells its leader. */
export function withTier(policy: CalloutPolicy, tier: Tier, asked: boolean): CalloutPolicy {
  const home = DEFAULT_POLICY.steps.find(s => s.tiers.includes(tier))!
  const steps = policy.steps.map(s =>
    s.level !== home.level ? s : { ...s, tiers: home.tiers.filter(t => t === tier ? asked : s.tiers.includes(t)) },
  )
  return { ...policy, steps }
}

/** The policy with other minutes on one rung; kept between 1 and 240. */
export function withMinutes(policy: CalloutPolicy, level: PolicyStep['level'], minutes: number): CalloutPolicy {
  const bounded = Math.min(240, Math.max(1, Math.round(minutes) || 1))
  return { ...policy, steps: policy.steps.map(s => s.level === level ? { ...s, minutes: bounded } : s) }
}

/** Every tier the policy may ask, in order. */
export function tiersOf(policy: CalloutPolicy): Tier[] {
  return policy.steps.flatMap(s => s.tiers)
}
