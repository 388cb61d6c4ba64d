import type { Shift } from './rows.ts'
import type { Instant } from './time.ts'
import { HOUR, MINUTE, ms } from './time.ts'

/**
 * Until when a place on this shift changes hands by itself, and may be given back to its owner (R21), ms; later a
 * coordinator approves. Three hours before the start; in a call-out half an hour, from when a promise is watched.
 * SQL: private.cover_time; tests/vectors/cover.json holds both to one rule.
 */
export function handsUntil(shift: Pick<Shift, 'starts_at' | 'callout_id'>): number {
  return ms(shift.starts_at) - (shift.callout_id === null ? 3 * HOUR : 30 * MINUTE)
}

/** Does a place on this shift still change hands by itself? SQL: private.changes_hands. */
export function changesHands(shift: Pick<Shift, 'starts_at' | 'callout_id'>, now: Instant): boolean {
  return ms(now) < handsUntil(shift)
}
