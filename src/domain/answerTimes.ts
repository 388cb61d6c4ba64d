import type { Instant } from './time.ts'
import { MINUTE, ms } from './time.ts'

/**
 * The moment (ms) from which the server will not act on a yes that has not arrived but ask again (R2): 30 minutes after
 * the tap, or the start of the shift where that comes first. A shift that ran at the tap has no such start. The server
 * alone decides (SQL: private.is_stale); the phone says what to expect.
 */
export function staleAt(tapped: Instant, starts_at: Instant): number {
  const limit = ms(tapped) + 30 * MINUTE
  return ms(tapped) < ms(starts_at) ? Math.min(limit, ms(starts_at)) : limit
}

/**
 * How long a coordinator may take back what they wrote down for somebody else, a call or an arrival, ms. The server
 * decides by the same time (`private.take_back_time`).
 */
export const TAKE_BACK = 30 * MINUTE
