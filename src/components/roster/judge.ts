import type { Turn } from '#domain/hours.ts'
import type { ResponderLead } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import type { Instant } from '#domain/time.ts'
import { continuousHours, peakHours } from '#domain/hours.ts'
import { isNight } from '#domain/pattern.ts'
import { overlaps } from '#domain/span.ts'
import { HOUR, ms } from '#domain/time.ts'

/** A duty a person already has, drafts included, with where it is. */
export interface KnownTurn extends Turn { shift_id: string, place: string }
export type Block
  = | { code: 'already' } | { code: 'full_shift' } | { code: 'requested' } | { code: 'paused' }
    | { code: 'overlap', turn: KnownTurn } | { code: 'peak', hours: number } | { code: 'continuous', hours: number }
export type Soft = { code: 'rest', hours: number } | { code: 'night' }
export interface Judgement { blocked: Block | null, soft: Soft | null }

export interface JudgedShift extends Span { id: string, missing: number }

const MAX_HOURS = 12
const LEAST_REST = 11

/** Why a person cannot be put on a shift (hard, R3 and R17), or what to know before doing it (soft). */
export function judge(person: Pick<ResponderLead, 'report_in' | 'state' | 'night'>, shift: JudgedShift, turns: readonly KnownTurn[], now: Instant): Judgement {
  const blocked = block(person, shift, turns, now)
  return { blocked, soft: blocked ? null : soft(person, shift, turns) }
}

function block(person: Pick<ResponderLead, 'report_in' | 'state'>, shift: JudgedShift, turns: readonly KnownTurn[], now: Instant): Block | null {
  if (turns.some(t => t.shift_id === shift.id)) return { code: 'already' }
  if (shift.missing === 0) return { code: 'full_shift' }
  if (person.report_in !== 'confirmed') return { code: 'requested' }
  if (person.state !== 'active') return { code: 'paused' }
  const turn = turns.find(t => overlaps(t, shift))
  if (turn) return { code: 'overlap', turn }
  const long = continuousHours(turns, shift, now)
  if (long > MAX_HOURS) return { code: 'continuous', hours: Math.round(long) }
  const peak = peakHours(turns, shift, now)
  return peak > MAX_HOURS ? { code: 'peak', hours: Math.round(peak) } : null
}

function soft(person: Pick<ResponderLead, 'night'>, shift: Span, turns: readonly Turn[]): Soft | null {
  const gaps = turns.flatMap(t => [ms(shift.starts_at) - ms(t.ends_at), ms(t.starts_at) - ms(shift.ends_at)]).filter(gap => gap > 0)
  const rest = Math.min(...gaps, Infinity) / HOUR
  if (rest < LEAST_REST) return { code: 'rest', hours: Math.floor(rest) }
  return isNight(shift) && person.night !== 'yes' ? { code: 'night' } : null
}
