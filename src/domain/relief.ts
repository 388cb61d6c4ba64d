import type { Assignment, Handover, Mode, MyAssignment, Shift } from './rows.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import { isBinding } from './assignment.ts'
import { MINUTE, ms } from './time.ts'

type Person = Pick<Assignment, 'id' | 'shift_id' | 'responder_id' | 'name' | 'state' | 'on_post_at'>

/**
 * Whether a person may leave the post as far as their phone knows (R12).
 * none: no shift follows. stood_down: nobody has to follow. known: the relief is on post.
 * coming: somebody promised, not yet here. missing: a shift follows and nobody has it.
 */
export type Relief =
  | { kind: 'none' }
  | { kind: 'stood_down' }
  | { kind: 'known', person: Person }
  | { kind: 'coming', people: Person[], starts_at: string }
  | { kind: 'missing', starts_at: string }

/**
 * The shifts that carry on at the same post: they begin at the very moment mine ends, as the server sees it. SQL:
 * private.needs_relief.
 */
export function followingShifts<S extends Pick<Shift, 'state'> & Span>(mine: Span, atPost: readonly S[]): S[] {
  return atPost.filter(s => s.state === 'open' && ms(s.starts_at) === ms(mine.ends_at))
}

/** The relief of my shift, from the shifts at the same post and the people on them. SQL: private.has_relief. */
export function reliefOf(
  mine: Span,
  atPost: readonly (Pick<Shift, 'id' | 'state'> & Span)[],
  people: readonly Person[],
  stoodDown: boolean,
): Relief {
  if (stoodDown) return { kind: 'stood_down' }
  const next = followingShifts(mine, atPost)
  const [first] = next
  if (!first) return { kind: 'none' }
  const ids = new Set(next.map(s => s.id))
  const on = people.filter(p => ids.has(p.shift_id) && isBinding(p.state))
  const here = on.find(p => p.state === 'on_post')
  if (here) return { kind: 'known', person: here }
  return on.length > 0
    ? { kind: 'coming', people: on, starts_at: first.starts_at }
    : { kind: 'missing', starts_at: first.starts_at }
}

/** People who may still stand where I arrive: those on post in the shift at this post that ends as mine begins. */
export function standingBefore<P extends Person>(
  mine: Span,
  atPost: readonly (Pick<Shift, 'id' | 'state'> & Span)[],
  people: readonly P[],
): P[] {
  const before = new Set(atPost.filter(s => s.state !== 'draft' && ms(s.ends_at) === ms(mine.starts_at)).map(s => s.id))
  return people.filter(p => before.has(p.shift_id) && p.state === 'on_post')
}

/** What opens the gate besides the relief's own arrival: they were seen here, or a leader let me go. */
export function isProved(handover: Pick<Handover, 'to_assignment_id' | 'forced_at'> | null): boolean {
  return handover !== null && (handover.to_assignment_id !== null || handover.forced_at !== null)
}

/** 应急 asks for 到岗/离岗; 平时 does not, except in a drill, which opens no mode and runs the same way (R15). */
export function asksCheckIn(card: Pick<MyAssignment, 'callout_kind'>, mode: Mode | null): boolean {
  return mode !== null || card.callout_kind === 'drill'
}

/** A relief is owed only on a shift of a call-out that asks for check-ins; elsewhere the end of the shift is enough. */
export function owesRelief(card: Pick<MyAssignment, 'callout_id' | 'callout_kind'>, mode: Mode | null): boolean {
  return card.callout_id !== null && asksCheckIn(card, mode)
}

/**
 * A shift that runs or starts within 30 min asks how soon the person can be there (R8); a later one is promised for its
 * own start. SQL: private.due_at.
 */
export function asksEta(shift: { starts_at: Instant }, now: Instant): boolean {
  return ms(shift.starts_at) <= ms(now) + 30 * MINUTE
}
