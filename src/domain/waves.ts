import type { OfferLead } from './rows.ts'
import { ms } from './time.ts'

/** Chance of filling every place that a wave is sized for (R5). */
export const CONFIDENCE = 0.9

/**
 * 本楼党员 → 本小区 → 本社区 → 结对单位 → 街道预备队, in the order they are asked. An offer holds the place in this list,
 * from 1.
 */
export const TIERS = ['building', 'estate', 'community', 'unit', 'street'] as const
export type Tier = typeof TIERS[number]

/** What a tier answered to real calls in 90 days. */
export interface TierRecord { asked: number, accepted: number }

/**
 * How likely one person of a tier says yes: (accepted + 3) / (asked + 10), between 0.05 and 0.95.
 * Ten imagined answers, three of them yes, steady a young record (a beta prior, as in Laplace's rule of succession).
 */
export function tierRate({ asked, accepted }: TierRecord): number {
  return Math.min(0.95, Math.max(0.05, (accepted + 3) / (asked + 10)))
}

/** Terms grow by (n choose i)(p/q)^i. Past this they are scaled down together: a thousand people overflow a double. */
const TOO_BIG = 1e200

/**
 * P(at least `k` of `n` people say yes), each with chance `p`: the upper tail of Bin(n, p).
 * @param n people asked, ≥ 0
 * @param p between 0.05 and 0.95
 * @param k how many are needed; ≤ 0 is certain
 */
export function chance(n: number, p: number, k: number): number {
  if (k <= 0) return 1
  if (n < k) return 0
  const odds = p / (1 - p)
  let [term, all, enough] = [1, 1, 0]
  for (let i = 1; i <= n; i++) {
    term *= (n - i + 1) / i * odds
    all += term
    if (i >= k) enough += term
    if (term > TOO_BIG) [term, all, enough] = [term / TOO_BIG, all / TOO_BIG, enough / TOO_BIG]
  }
  return enough / all
}

export interface WaveInput {
  /** places still free in the slot */
  need: number
  /** yeses to be expected from people of other tiers who have not answered: the sum of their rates */
  expected: number
  /** rate of this tier */
  rate: number
  /** people of this tier who have not answered yet */
  pending: number
  /** people of this tier who can still be asked */
  left: number
}
/** `needed`: yeses this tier has to give; `ask`: people to ask now; `chance`: of filling the need with them. */
export interface Wave { needed: number, ask: number, chance: number }

/**
 * How many more people of a tier are asked now: the fewest that bring the chance of filling the need to 0.90, or all
 * that are left (R5, R6).
 * A decline or an expiry lowers `pending`; as long as the chance stays at 0.90 nobody is asked for nothing.
 */
export function waveOf({ need, expected, rate, pending, left }: WaveInput): Wave {
  const needed = Math.max(0, Math.ceil(need - expected - 1e-9))
  const at = (more: number): number => chance(pending + more, rate, needed)
  if (at(0) >= CONFIDENCE) return { needed, ask: 0, chance: at(0) }
  let [low, high] = [0, left]
  if (at(left) < CONFIDENCE) return { needed, ask: left, chance: at(left) }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (at(middle) >= CONFIDENCE) high = middle
    else low = middle
  }
  return { needed, ask: high, chance: at(high) }
}

/**
 * What each tier answered (R5): a request counts once its time is over, a yes only when it came in time. SQL:
 * private.tier_rates.
 * @param offers requests of the real call-outs of 90 days
 * @param now ms
 */
export function recordsOf(
  offers: readonly Pick<OfferLead, 'tier' | 'state' | 'expires_at' | 'answered_at'>[],
  now: number,
): Record<Tier, TierRecord> {
  const records = Object.fromEntries(TIERS.map(tier => [tier, { asked: 0, accepted: 0 }])) as Record<Tier, TierRecord>
  for (const offer of offers) {
    const tier = TIERS[offer.tier - 1]
    if (!tier || ms(offer.expires_at) > now) continue
    records[tier].asked++
    if (offer.state === 'accepted' && offer.answered_at && ms(offer.answered_at) <= ms(offer.expires_at))
      records[tier].accepted++
  }
  return records
}
