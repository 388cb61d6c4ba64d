import type { Hours } from '#domain/availability.ts'
import type { Fatigue, FatigueTurn, HardLimit, SoftLimit } from '#domain/fatigue.ts'
import type { ResponderLead } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import type { Instant } from '#domain/time.ts'
import { awayDuring } from '#domain/absence.ts'
import { isOffHours } from '#domain/availability.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { isNight } from '#domain/pattern.ts'
import { lackedSkill } from '#domain/person.ts'
import { overlaps } from '#domain/span.ts'

/** A duty a person already has, drafts included, with where it is. */
export interface KnownTurn extends FatigueTurn { shift_id: string, place: string }
export type Block =
  | { code: 'already' } | { code: 'full_shift' } | { code: 'requested' } | { code: 'paused' }
  | { code: 'no_skill', skill: string } | { code: 'overlap', turn: KnownTurn }
  | { code: 'over_limit', limit: HardLimit }
export type Soft =
  | { code: 'away', absence: Span } | { code: 'off_hours' } | { code: 'resting', limits: SoftLimit[] }
  | { code: 'night' }
export interface Judgement { blocked: Block | null, soft: Soft[] }

export interface TargetShift extends Span { id: string, missing: number, skill?: string | null }

/**
 * Why a person cannot be put on a shift (hard, R3 and R17), or what to know before doing it (soft).
 * @param person as the list of people has them
 * @param shift where they would be put
 * @param turns what they have already
 * @param absences when they said they are away
 * @param hours when they can serve; undefined = at any time
 * @param now the moment of the judgement; 0 = before the shift begins
 */
export function judge(
  person: Pick<ResponderLead, 'report_in' | 'state' | 'night' | 'skills'>,
  shift: TargetShift,
  turns: readonly KnownTurn[],
  absences: readonly Span[],
  hours?: Hours,
  now: Instant = 0,
): Judgement {
  const fatigue = fatigueOf(turns, shift)
  const blocked = block(person, shift, turns, fatigue)
  return { blocked, soft: blocked ? [] : soft(person, shift, fatigue, absences, isOffHours(hours, shift, now)) }
}

/** On a published shift a coordinator lifts rest, an absence or hours by name, with a reason that is kept (R17). */
export const needsReason = (soft: readonly Soft[]): boolean => soft.some(s => s.code !== 'night')

function block(
  person: Pick<ResponderLead, 'report_in' | 'state' | 'skills'>,
  shift: TargetShift,
  turns: readonly KnownTurn[],
  { hard }: Fatigue,
): Block | null {
  if (turns.some(t => t.shift_id === shift.id)) return { code: 'already' }
  if (shift.missing === 0) return { code: 'full_shift' }
  if (person.report_in !== 'confirmed') return { code: 'requested' }
  if (person.state !== 'active') return { code: 'paused' }
  const skill = lackedSkill(shift.skill, person.skills)
  if (skill !== null) return { code: 'no_skill', skill }
  const turn = turns.find(t => overlaps(t, shift))
  if (turn) return { code: 'overlap', turn }
  return hard && { code: 'over_limit', limit: hard }
}

function soft(
  person: Pick<ResponderLead, 'night'>, shift: Span, { soft: limits }: Fatigue, absences: readonly Span[],
  isOff: boolean,
): Soft[] {
  const absence = awayDuring(absences, shift)
  return [
    ...absence ? [{ code: 'away' as const, absence }] : [],
    ...isOff ? [{ code: 'off_hours' as const }] : [],
    ...limits.length > 0 ? [{ code: 'resting' as const, limits }] : [],
    ...isNight(shift) && person.night !== 'yes' ? [{ code: 'night' as const }] : [],
  ]
}
