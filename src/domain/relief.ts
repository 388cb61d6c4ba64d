import type { Assignment, Mode, MyAssignment, Shift } from './rows.ts'
import type { Span } from './span.ts'
import { isBinding } from './assignment.ts'
import { ms } from './time.ts'

type Person = Pick<Assignment, 'id' | 'shift_id' | 'name' | 'state' | 'on_post_at'>

/**
 * Whether a person may leave the post as far as his phone knows (R12).
 * none: no shift follows. stood_down: nobody has to follow. known: the relief is on post.
 * coming: somebody promised, not yet here. missing: a shift follows and nobody has it.
 */
export type Relief
  = | { kind: 'none' }
    | { kind: 'stood_down' }
    | { kind: 'known', person: Person }
    | { kind: 'coming', people: Person[], starts_at: string }
    | { kind: 'missing', starts_at: string }

/** The shift that carries on at the same post: it begins at the very moment mine ends, as the server sees it. */
export function followingShift<S extends Pick<Shift, 'state'> & Span>(mine: Span, atPost: readonly S[]): S | undefined {
  return atPost.find(s => s.state === 'open' && ms(s.starts_at) === ms(mine.ends_at))
}

/** The relief of my shift, from the shifts at the same post and the people on them. */
export function reliefOf(mine: Span, atPost: readonly (Pick<Shift, 'id' | 'state'> & Span)[], people: readonly Person[], stoodDown: boolean): Relief {
  if (stoodDown) return { kind: 'stood_down' }
  const next = followingShift(mine, atPost)
  if (!next) return { kind: 'none' }
  const on = people.filter(p => p.shift_id === next.id && isBinding(p.state))
  const here = on.find(p => p.state === 'on_post')
  if (here) return { kind: 'known', person: here }
  return on.length > 0 ? { kind: 'coming', people: on, starts_at: next.starts_at } : { kind: 'missing', starts_at: next.starts_at }
}

/** 应急 asks for 到岗/离岗; 平时 does not, except in a drill, which opens no mode and runs the same way (R15). */
export function asksCheckIn(card: Pick<MyAssignment, 'callout_kind'>, mode: Mode | null): boolean {
  return mode !== null || card.callout_kind === 'drill'
}

/** A relief is owed only on a shift of a call-out that asks for check-ins; elsewhere one leaves when the shift is over. */
export function owesRelief(card: Pick<MyAssignment, 'callout_id' | 'callout_kind'>, mode: Mode | null): boolean {
  return card.callout_id !== null && asksCheckIn(card, mode)
}

/** Four figures the relief shows and the leaver types: presence proved between two phones without a network. */
export function handoverCode(assignmentId: string): string {
  let hash = 0x811C9DC5
  for (const char of assignmentId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0
  return String(hash % 10_000).padStart(4, '0')
}
