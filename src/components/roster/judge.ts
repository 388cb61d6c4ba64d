import type { FatigueTurn, HardLimit, SoftLimit } from '#domain/fatigue.ts'
import type { ResponderLead } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { isNight } from '#domain/pattern.ts'
import { overlaps } from '#domain/span.ts'

/** A duty a person already has, drafts included, with where it is. */
export interface KnownTurn extends FatigueTurn { shift_id: string, place: string }
export type Block =
  | { code: 'already' } | { code: 'full_shift' } | { code: 'requested' } | { code: 'paused' }
  | { code: 'overlap', turn: KnownTurn } | { code: 'over_limit', limit: HardLimit }
export type Soft = { code: 'resting', limits: SoftLimit[] } | { code: 'night' }
export interface Judgement { blocked: Block | null, soft: Soft | null }

export interface TargetShift extends Span { id: string, missing: number }

/** Why a person cannot be put on a shift (hard, R3 and R17), or what to know before doing it (soft). */
export function judge(
  person: Pick<ResponderLead, 'report_in' | 'state' | 'night'>,
  shift: TargetShift,
  turns: readonly KnownTurn[],
): Judgement {
  const blocked = block(person, shift, turns)
  return { blocked, soft: blocked ? null : soft(person, shift, turns) }
}

function block(
  person: Pick<ResponderLead, 'report_in' | 'state'>,
  shift: TargetShift,
  turns: readonly KnownTurn[],
): Block | null {
  if (turns.some(t => t.shift_id === shift.id)) return { code: 'already' }
  if (shift.missing === 0) return { code: 'full_shift' }
  if (person.report_in !== 'confirmed') return { code: 'requested' }
  if (person.state !== 'active') return { code: 'paused' }
  const turn = turns.find(t => overlaps(t, shift))
  if (turn) return { code: 'overlap', turn }
  const { hard } = fatigueOf(turns, shift)
  return hard && { code: 'over_limit', limit: hard }
}

function soft(person: Pick<ResponderLead, 'night'>, shift: Span, turns: readonly KnownTurn[]): Soft | null {
  const limits = fatigueOf(turns, shift).soft
  if (limits.length > 0) return { code: 'resting', limits }
  return isNight(shift) && person.night !== 'yes' ? { code: 'night' } : null
}
