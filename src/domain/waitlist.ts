import type { Instant } from './time.ts'
import type { WaitlistChoice } from './words.ts'
import { CLOSE } from './close.ts'
import { HOUR, iso, ms } from './time.ts'

/** How long a freed place of a roster is held for the person who was picked, ms (`private.hold_time`). */
export const HOLD = 2 * HOUR

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

/** Until when a place is held for a person picked `now`, ISO; never beyond the end of the shift. */
export function heldUntil(ends_at: Instant, now: Instant): string {
  return iso(Math.min(ms(ends_at), ms(now) + HOLD))
}
