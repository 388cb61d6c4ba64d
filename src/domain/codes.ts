/** What the server answers about one mutation. The same words as the SQL enum `app.verdict_code`. */
export const APPLIED_CODES = ['already', 'waitlisted', 'disputed', 'no_relief'] as const

export const REFUSAL_CODES = [
  'full', // every place is filled or held for somebody on the waitlist
  'closed', // the shift is cancelled, stood down or over
  'gone', // no such row, or not visible to this person
  'overlap', // the person already serves in that span
  'not_eligible', // no confirmed report-in and no offer by name, or the requirement is not met
  'stale', // an intent older than 30 min, of unknown age, or whose shift started or was moved meanwhile (R2, R19)
  'forbidden', // the role does not reach this node
  'wrong_state', // the state machine has no such step from here
  'not_open', // the call-out or mode is not open
  'mode_open', // a mode is already open on this unit
  'roster_conflict', // publishing would double-book somebody, or they lack a skill; detail names them
  'roster_tired', // publishing would leave somebody too little rest; detail names them
  'roster_changed', // the roster was changed since this phone last saw it; detail of a drop names the people
  'over_capacity', // more people than places
  'post_covered', // a drafted or moved shift would lie over another of its post; detail names the shifts
  'invalid', // arguments break the contract; detail names the field
  'upgrade_required', // this mutator version is no longer kept
  'wrong_code', // the stand-in code does not fit, or too many did not (R22)
  'over_limit', // the person would serve longer than 12 h in a row or within 24 h (R17, hard)
  'resting', // a soft rest rule of R17; a coordinator may override it by name, with a reason
  'away', // the person is away then (请假); a coordinator may override it by name, with a reason; detail has the span
  'off_hours', // outside the hours in which the person can serve; a coordinator may override it by name, with a reason
  'moved_on', // the matter has moved since this phone last saw it, so the same tap must not count twice
  'slots_over', // every slot of the call-out is over already: nobody could be asked
  'too_late', // so close to the start a place is not given back to its owner any more (R21)
  'not_free', // the other person of a cover cannot serve there by now; detail.because, where it may be told
  'outdated', // a newer word about the same was tapped already, perhaps on another phone
  'shift_moved', // another coordinator moved the shift since this phone last saw it
  'too_early', // duty so far ahead that nobody would see it: it is published up to three months after this one
  'name_taken', // another organisation or unit there has this name; detail.id
  'number_taken', // the number of a report stands on the list under another name
  'in_use', // living organisations lie below the one that is to end
] as const

export const FAILED_CODES = ['bad_data', 'skipped'] as const

export type AppliedCode = typeof APPLIED_CODES[number]
export type RefusalCode = typeof REFUSAL_CODES[number]
export type FailedCode = typeof FAILED_CODES[number]
export type VerdictCode = AppliedCode | RefusalCode | FailedCode
export type VerdictStatus = 'applied' | 'refused' | 'failed'

/** Refusals of the online-only actions (`api.*` functions other than push). Same words as SQL `app.action_code`. */
export const ACTION_CODES = [
  'invitation_invalid', // unknown, revoked or mistyped
  'invitation_used',
  'invitation_expired',
  'too_many_tries', // rate limit; detail.retry_after_s
  'forbidden',
  'gone',
  'invalid', // detail.field
  'weak_password', // detail.why: short, long, figures, common, own
  'wrong_password',
  'name_taken',
  'not_on_duty_together', // reveal needs a live shared shift
  'no_contact',
  'last_admin',
  'last_coordinator', // of a community
  'demo_database', // real data into a demo database
  'real_database', // demo data into a real database
  'batch_closed',
  'overlap', // joining a record whose duty overlaps the person's own; detail.theirs and detail.mine say when and where
  'taken', // a record of that number or name is on the list already; detail.id
  'has_duty', // duty lies ahead and would be released; detail.duty says whose, when and where
  'in_use', // something hangs on it; detail counts what
] as const
export type ActionCode = typeof ACTION_CODES[number]

/** Compile-time proof that a switch covers its union. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${String(value)}`)
}
