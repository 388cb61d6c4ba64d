import type { MaybePending } from './assignment.ts'
import type { Assignment } from './rows.ts'
import type { Instant } from './time.ts'
import { HOUR, ms } from './time.ts'

/**
 * From this time before its start on a shift is close, ms: a place that is not confirmed is in doubt, and a freed place
 * waits for no coordinator any more. The server decides by the same time (`private.close_time`).
 */
export const CLOSE = 2 * HOUR

/**
 * 存疑 (R30): is this place in doubt? A coordinator gave it to somebody who has not confirmed it, and its shift is close
 * or runs. One that only this phone has given yet is not.
 */
export function isInDoubt(
  place: MaybePending<Pick<Assignment, 'state' | 'starts_at' | 'ends_at'>>, now: Instant,
): boolean {
  return place.state === 'assigned' && place._pending === undefined
    && ms(place.starts_at) - CLOSE <= ms(now) && ms(now) < ms(place.ends_at)
}
