import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { MutationArgs } from '#domain/mutations.ts'
import type { ShiftState } from '#domain/words.ts'

type Draft = MutationArgs['draft_shifts']
/** The roster that shifts are drafted in. */
export type RosterHead = Omit<Draft, 'shifts' | 'drop'>
/** Adds shifts and drops others in one go; both are known in full, so that either comes back under its own id. */
export interface DraftMove { kind: 'draft', head: RosterHead, add: Draft['shifts'], drop: Draft['shifts'] }

/** One intent of editing, as a screen asks for it. People are known by shift: a line that comes back has another id. */
export type Move = { kind: 'assign' | 'unassign', line: PlannedAssign } | DraftMove

/** A shift as it was when a step was made. */
export interface ShiftThen { state: ShiftState, starts_at: string, ends_at: string }
/** Somebody is put on a shift, or taken off; `of` = that shift, null = it was not there. */
export interface LineMove { kind: 'assign' | 'unassign', line: PlannedAssign, of: ShiftThen | null }
/** One intent of a step that is kept: it says what it was about, so that it can be undone, or found changed. */
export type KeptMove = LineMove | DraftMove

/** What takes a move back. */
export function opposite(move: KeptMove): KeptMove {
  if (move.kind === 'draft') return { ...move, add: move.drop, drop: move.add }
  return { ...move, kind: move.kind === 'assign' ? 'unassign' : 'assign' }
}

/** The shifts that some moves are about: those whose people change, and those that are made or go. */
export function shiftsOf(moves: readonly (Move | KeptMove)[]): string[] {
  const ids = moves.flatMap(m => m.kind === 'draft' ? [...m.add, ...m.drop].map(s => s.id) : [m.line.shift_id])
  return [...new Set(ids)]
}

/** Moves as they are kept; `then` = the shifts as they stand, by id. */
export function keptMoves(moves: readonly Move[], then: ReadonlyMap<string, ShiftThen>): KeptMove[] {
  const drafted = moves.flatMap(m => m.kind === 'draft' ? m.add : [])
  const made = new Map(drafted.map(s => [s.id, { ...s, state: 'draft' as const }]))
  const of = (shift_id: string): ShiftThen | null => {
    const shift = made.get(shift_id) ?? then.get(shift_id)
    return shift ? { state: shift.state, starts_at: shift.starts_at, ends_at: shift.ends_at } : null
  }
  return moves.map(m => m.kind === 'draft' ? m : { ...m, of: of(m.line.shift_id) })
}
