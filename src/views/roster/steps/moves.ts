import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { MutationArgs } from '#domain/mutations.ts'
import type { Span } from '#domain/span.ts'
import type { ShiftState } from '#domain/words.ts'
import type { Standing } from '#queries/standing.ts'
import { splitDraft } from '#mutators/draftShifts.ts'

type Draft = MutationArgs['draft_shifts']
/** The roster that shifts are drafted in. */
export type RosterHead = Omit<Draft, 'shifts' | 'drop' | 'seen'>
/** Adds shifts and drops others in one go; both are known in full, so that either comes back under its own id. */
export interface DraftMove { kind: 'draft', head: RosterHead, add: Draft['shifts'], drop: Draft['shifts'] }
/** Gives a shift another span; its people go with it. */
interface SpanMove { kind: 'move', shift_id: string, from: Span, to: Span, reason: string | null }
/** Cancels a published shift. */
interface CancelMove { kind: 'cancel', shift_id: string, reason: string | null }

/** One intent of editing, as a screen asks for it. People are known by shift: a line that comes back has another id. */
export type Move = { kind: 'assign' | 'unassign', line: PlannedAssign } | DraftMove | SpanMove | CancelMove

/** A shift as it was when a step was made. */
export interface ShiftThen { state: ShiftState, starts_at: string, ends_at: string }
/** Somebody is put on a shift, or taken off; `of` = that shift, null = it was not there. */
export interface LineMove { kind: 'assign' | 'unassign', line: PlannedAssign, of: ShiftThen | null }
/** A shift that was moved: whether it was a draft then, and who was planned on it. */
export interface KeptSpanMove extends SpanMove { community_id: string, draft: boolean, people: string[] }
/** One intent of a step that is kept: it says what it was about, so that it can be undone, or found changed. */
export type KeptMove = LineMove | DraftMove | KeptSpanMove | CancelMove

/** What takes a move back; a final one has nothing that does. */
export function opposite(move: KeptMove): KeptMove {
  switch (move.kind) {
    case 'draft': return { ...move, add: move.drop, drop: move.add }
    case 'move': return { ...move, from: move.to, to: move.from }
    case 'cancel': return move
    default: return { ...move, kind: move.kind === 'assign' ? 'unassign' : 'assign' }
  }
}

/** A change of a published shift, which its people have been told of: nothing takes it back. Undefined = none is. */
export function finalOf(moves: readonly KeptMove[]): 'move' | 'cancel' | undefined {
  const final = moves.find(m => m.kind === 'cancel' || (m.kind === 'move' && !m.draft))
  return final?.kind as 'move' | 'cancel' | undefined
}

/** The people that the coordinator saw on the drafts that a move drops: the same moves take them off. */
export function seenOn({ drop }: DraftMove, moves: readonly (Move | KeptMove)[]): NonNullable<Draft['seen']> {
  const people = new Map(drop.map(s => [s.id, [] as string[]]))
  for (const move of moves) {
    if (move.kind === 'unassign') people.get(move.line.shift_id)?.push(move.line.responder_id)
  }
  return [...people].flatMap(([shift_id, people]) => people.length > 0 ? { shift_id, people } : [])
}

/** Moves of which each fits one push. */
export function inParts(moves: readonly KeptMove[]): KeptMove[] {
  return moves.flatMap((move): KeptMove[] => {
    if (move.kind !== 'draft') return [move]
    const known = new Map(move.drop.map(s => [s.id, s]))
    const all = { ...move.head, shifts: move.add, drop: move.drop.map(s => s.id), seen: seenOn(move, moves) }
    return splitDraft(all).map(part =>
      ({ ...move, add: part.shifts, drop: (part.drop ?? []).flatMap(id => known.get(id) ?? []) }))
  })
}

/** The shifts that a move is about: those whose people or span change, and those that are made or go. */
export function shiftsOf(moves: readonly (Move | KeptMove)[]): string[] {
  return [...new Set(moves.flatMap((m) => {
    if (m.kind === 'draft') return [...m.add, ...m.drop].map(s => s.id)
    return m.kind === 'move' || m.kind === 'cancel' ? m.shift_id : m.line.shift_id
  }))]
}

/** Moves as they are kept; `now` = the shifts they are about, and who is on them. */
export function keptMoves(moves: readonly Move[], now: Pick<Standing, 'shifts' | 'lines'>): KeptMove[] {
  const drafted = moves.flatMap(m => m.kind === 'draft' ? m.add : [])
  const made = new Map(drafted.map(s => [s.id, { ...s, state: 'draft' as const }]))
  const of = (shift_id: string): ShiftThen | null => {
    const shift = made.get(shift_id) ?? now.shifts.get(shift_id)
    return shift ? { state: shift.state, starts_at: shift.starts_at, ends_at: shift.ends_at } : null
  }
  return moves.map((m) => {
    if (m.kind === 'draft' || m.kind === 'cancel') return m
    if (m.kind !== 'move') return { ...m, of: of(m.line.shift_id) }
    const shift = now.shifts.get(m.shift_id)
    const people = now.lines.filter(l => l.shift_id === m.shift_id).map(l => l.responder_id)
    return { ...m, community_id: shift?.community_id ?? '', draft: shift?.state === 'draft', people }
  })
}
