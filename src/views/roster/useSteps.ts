import type { Ref } from 'vue'
import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixPerson, MatrixShift } from '#components/roster/matrix.ts'
import type { MutationArgs } from '#domain/mutations.ts'
import type { Intents } from '#views/shell/useIntent.ts'
import { computed, reactive, shallowRef } from 'vue'
import { flatRows } from '#components/roster/matrix.ts'
import { once } from '#components/ui/once.ts'

type Draft = MutationArgs['draft_shifts']
/** The roster that shifts are drafted in. */
export type RosterHead = Omit<Draft, 'shifts' | 'drop'>
/**
 * One intent of editing. `draft` adds shifts and drops others in one go; both are known in full, so that either comes
 * back under its own id. Undoing looks a person up by shift, because the id of a line changes when it is put back.
 */
export type Move =
  | { kind: 'assign' | 'unassign', line: PlannedAssign }
  | { kind: 'draft', head: RosterHead, add: Draft['shifts'], drop: Draft['shifts'] }
type Progress = (done: number, total: number) => void

/** Steps of editing a roster. Each answers whether every move was kept on this phone; what was kept can be undone. */
export interface Steps {
  assign: (lines: PlannedAssign[]) => Promise<boolean>
  unassign: (lines: PlannedAssign[]) => Promise<boolean>
  /** several moves that are undone as one */
  run: (moves: Move[], progress?: Progress) => Promise<boolean>
  undo: () => Promise<boolean>
  redo: () => Promise<boolean>
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/**
 * Editing of a roster: every move is recorded on this phone at once.
 * @param intents how a move is recorded
 * @param whole the roster now
 * @param onPublished hears that drafts were to be taken back which are published since
 */
export function useSteps(
  intents: Pick<Intents, 'send' | 'id'>, whole: () => Matrix, onPublished: () => void = () => {},
): Steps {
  const done = shallowRef<Move[][]>([])
  const undone = shallowRef<Move[][]>([])
  const write = writer(intents, whole, onPublished)

  /** Writes move by move and stops at the first that is not kept. Answers how many were. */
  async function play(moves: Move[], progress?: Progress): Promise<number> {
    const dropped = new Set(moves.flatMap(m => m.kind === 'draft' ? m.drop.map(s => s.id) : []))
    for (const [n, move] of moves.entries()) {
      progress?.(n, moves.length)
      // people planned on a draft go with it
      if (move.kind === 'unassign' && dropped.has(move.line.shift_id)) continue
      if (!await write(move)) return n
    }
    return moves.length
  }
  async function run(moves: Move[], progress?: Progress): Promise<boolean> {
    const kept = await play(moves, progress)
    if (kept > 0) {
      done.value = [...done.value, moves.slice(0, kept)]
      undone.value = []
    }
    return kept === moves.length
  }
  /** Plays the last step of a pile, or its opposite, and moves it to the other. What was not kept stays on its pile. */
  async function turn(from: Ref<Move[][]>, to: Ref<Move[][]>, back: boolean): Promise<boolean> {
    const step = from.value.at(-1)
    if (!step) return false
    from.value = from.value.slice(0, -1)
    const kept = await play(back ? step.map(opposite).reverse() : step)
    const cut = back ? step.length - kept : kept
    const [first, rest] = [step.slice(0, cut), step.slice(cut)]
    const [moved, left] = back ? [rest, first] : [first, rest]
    if (moved.length > 0) to.value = [...to.value, moved]
    if (left.length > 0) from.value = [...from.value, left]
    return left.length === 0
  }
  const undo = once(() => turn(done, undone, true), 0)
  const redo = once(() => turn(undone, done, false), 0)
  const lines = (kind: 'assign' | 'unassign') => (all: PlannedAssign[]) => run(all.map(line => ({ kind, line })))
  return reactive({
    assign: lines('assign'),
    unassign: lines('unassign'),
    run,
    undo: async () => await undo() ?? false,
    redo: async () => await redo() ?? false,
    canUndo: computed(() => done.value.length > 0),
    canRedo: computed(() => undone.value.length > 0),
  })
}

function opposite(move: Move): Move {
  if (move.kind === 'draft') return { ...move, add: move.drop, drop: move.add }
  return { ...move, kind: move.kind === 'assign' ? 'unassign' : 'assign' }
}

/** Records one move; answers whether it was kept. */
function writer(
  { send, id }: Pick<Intents, 'send' | 'id'>, whole: () => Matrix, onPublished: () => void,
): (move: Move) => Promise<boolean> {
  return async (move) => {
    if (move.kind === 'draft') {
      // what is published since is no draft to take back
      const drop = move.drop.filter(s => (findShift(whole(), s.id)?.state ?? 'draft') === 'draft').map(s => s.id)
      if (drop.length < move.drop.length) onPublished()
      if (drop.length + move.add.length === 0) return true
      return send('draft_shifts', { ...move.head, shifts: move.add, drop }, null)
    }
    const { shift_id, responder_id, override_reason = null, reason = null } = move.line
    if (move.kind === 'assign') {
      return send('assign', { assignment_id: id(), shift_id, responder_id, override_reason }, null)
    }
    const person = findPerson(whole(), move.line)
    // somebody else took them off already
    return person ? send('unassign', { assignment_id: person.id, reason }, null) : true
  }
}

function findShift(matrix: Matrix, id: string): MatrixShift | undefined {
  return flatRows(matrix).flatMap(({ row }) => row.cells).find(s => s?.id === id) ?? undefined
}

function findPerson(matrix: Matrix, line: Pick<PlannedAssign, 'shift_id' | 'responder_id'>): MatrixPerson | undefined {
  return findShift(matrix, line.shift_id)?.people.find(p => p.responder_id === line.responder_id)
}
