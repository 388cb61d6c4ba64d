import type { Shift } from './rows.ts'
import type { Instant } from './time.ts'
import type { WaitlistChoice } from './words.ts'
import { CLOSE } from './close.ts'
import { HOUR, iso, ms, shanghai, startOfDay } from './time.ts'

/** How long a freed place of a roster is held by day for the person who was picked, ms (`private.hold_time`). */
export const HOLD = 2 * HOUR
/** The quiet hours (R29), in which the message of a hold waits: from 22:00 to 07:00 (`private.is_quiet`). */
const [QUIET_FROM, QUIET_TO] = [22, 7]

/**
 * Does the community pick who of the waitlist gets a freed place? Where its post says so, until the shift is close;
 * from then on it goes by rank. `choice` = that of the shift: in a call-out always `auto`, as speed counts there.
 * SQL: private.community_picks; tests/vectors/waitlist.json holds both to one rule.
 */
export function communityPicks(choice: WaitlistChoice, starts_at: Instant, now: Instant): boolean {
  return choice === 'community' && ms(now) < ms(starts_at) - CLOSE
}

/** The choice that holds for a shift: that of its post, but `auto` in a call-out. */
export function choiceOf(
  shift: { callout_id: string | null }, post: { waitlist_choice: WaitlistChoice } | undefined,
): WaitlistChoice {
  return shift.callout_id === null ? post?.waitlist_choice ?? 'auto' : 'auto'
}

/** The 07:00 at which the quiet hours end that hold `now`, ms; null by day (`private.quiet_until`). */
function quietUntil(now: Instant): number | null {
  const { hour } = shanghai(now)
  if (hour >= QUIET_TO && hour < QUIET_FROM) return null
  return startOfDay(ms(now) + (24 - QUIET_FROM) * HOUR) + QUIET_TO * HOUR
}

/**
 * Until when a place of a roster is held for a person picked `now`, ISO; never beyond the end of the shift. At night
 * the time to answer begins when the quiet hours end, unless the shift begins before that time is over.
 * SQL: private.held_until; tests/vectors/waitlist.json holds both to one rule.
 */
export function heldUntil({ starts_at, ends_at }: Pick<Shift, 'starts_at' | 'ends_at'>, now: Instant): string {
  const morning = (quietUntil(now) ?? Infinity) + HOLD
  return iso(Math.min(ms(ends_at), ms(starts_at) >= morning ? morning : ms(now) + HOLD))
}
