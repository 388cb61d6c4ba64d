import type { Ref } from 'vue'
import type { Clipboard, PlannedAssign } from '#components/roster/clipboard.ts'
import type { GridSelection, Matrix, MatrixPerson } from '#components/roster/matrix.ts'
import type { Intents } from '#views/shell/useIntent.ts'
import { computed, ref, shallowRef } from 'vue'
import { copyCells, planPaste } from '#components/roster/clipboard.ts'
import { flatRows, selectedShifts, selectionBox } from '#components/roster/matrix.ts'

/** One step of editing; undoing looks the line up by shift and person, because its id changes when it is put back. */
interface Step { kind: 'assign' | 'unassign', lines: PlannedAssign[] }
export interface RosterEdit {
  /** answers whether every line was kept on this phone; what was kept is a step that can be undone */
  assign: (lines: PlannedAssign[]) => Promise<boolean>
  unassign: (lines: PlannedAssign[]) => Promise<boolean>
  undo: () => Promise<boolean>
  redo: () => Promise<boolean>
  canUndo: Readonly<Ref<boolean>>
  canRedo: Readonly<Ref<boolean>>
  copy: (selection: GridSelection) => number
  /** what pasting would assign, and who would find no place */
  pastePlan: (selection: GridSelection) => ReturnType<typeof planPaste>
}

/** Editing of a week: every change is an intent of its own, recorded on this phone at once. Selections count in `shown`, lines are found in `matrix`. */
export function useRosterEdit(intents: Intents, matrix: Readonly<Ref<Matrix>>, shown: Readonly<Ref<Matrix>>): RosterEdit {
  const done = shallowRef<Step[]>([])
  const undone = shallowRef<Step[]>([])
  const clipboard = ref<Clipboard>([])

  function write(kind: Step['kind'], line: PlannedAssign): Promise<boolean> {
    const { shift_id, responder_id, override_reason } = line
    if (kind === 'assign') return intents.send('assign', { assignment_id: intents.id(), shift_id, responder_id, override_reason: override_reason ?? null }, null)
    const person = findPerson(matrix.value, line)
    // somebody else took them off already
    return person ? intents.send('unassign', { assignment_id: person.id, reason: null }, null) : Promise.resolve(true)
  }
  /** Writes line by line and stops at the first that is not kept. Answers how many were. */
  async function run(kind: Step['kind'], lines: PlannedAssign[]): Promise<number> {
    for (const [n, line] of lines.entries()) {
      if (!await write(kind, line)) return n
    }
    return lines.length
  }
  async function act(kind: Step['kind'], lines: PlannedAssign[]): Promise<boolean> {
    const kept = await run(kind, lines)
    if (kept > 0) {
      done.value = [...done.value, { kind, lines: lines.slice(0, kept) }]
      undone.value = []
    }
    return kept === lines.length
  }
  async function turnBack(from: Ref<Step[]>, to: Ref<Step[]>, back: boolean): Promise<boolean> {
    const step = from.value.at(-1)
    if (!step) return false
    const { kind, lines } = step
    from.value = from.value.slice(0, -1)
    const kept = await run(back ? kind === 'assign' ? 'unassign' : 'assign' : kind, lines)
    if (kept > 0) to.value = [...to.value, { kind, lines: lines.slice(0, kept) }]
    if (kept < lines.length) from.value = [...from.value, { kind, lines: lines.slice(kept) }]
    return kept === lines.length
  }
  return {
    assign: lines => act('assign', lines),
    unassign: lines => act('unassign', lines),
    undo: () => turnBack(done, undone, true),
    redo: () => turnBack(undone, done, false),
    canUndo: computed(() => done.value.length > 0),
    canRedo: computed(() => undone.value.length > 0),
    copy(selection) {
      clipboard.value = copyCells(selectedShifts(shown.value, selection))
      return new Set(clipboard.value.flat(2).map(p => p.responder_id)).size
    },
    pastePlan(selection) {
      const box = selectionBox(selection)
      return planPaste(clipboard.value, shown.value, { row: box.top, col: box.left }, { rows: box.bottom - box.top + 1, cols: box.right - box.left + 1 })
    },
  }
}

function findPerson(matrix: Matrix, line: Pick<PlannedAssign, 'shift_id' | 'responder_id'>): MatrixPerson | undefined {
  return flatRows(matrix).flatMap(({ row }) => row.cells).find(s => s?.id === line.shift_id)?.people.find(p => p.responder_id === line.responder_id)
}
