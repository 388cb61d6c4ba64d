import type { OfferLead } from './rows.ts'
import type { Tier, TierRecord } from './waves.ts'
import { ms } from './time.ts'
import { TIERS } from './waves.ts'

/**
 * What each tier answered (R5): a request counts once its time is over, a yes only when it came in time. The SQL side: private.tier_rates.
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
