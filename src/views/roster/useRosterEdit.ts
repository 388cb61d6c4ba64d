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
  assign: (lines: PlannedAssign[]) => Promise<void>
  unassign: (lines: PlannedAssign[]) => Promise<void>
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

  async function run(step: Step): Promise<void> {
    for (const line of step.lines) {
      if (step.kind === 'assign') {
        await intents.send('assign', { assignment_id: intents.id(), shift_id: line.shift_id, responder_id: line.responder_id, override_reason: line.override_reason ?? null })
      }
      else {
        const person = findPerson(matrix.value, line)
        if (person) await intents.send('unassign', { assignment_id: person.id, reason: null })
      }
    }
  }
  async function act(step: Step): Promise<void> {
    if (step.lines.length === 0) return
    await run(step)
    done.value = [...done.value, step]
    undone.value = []
  }
  async function turnBack(from: Ref<Step[]>, to: Ref<Step[]>, back: boolean): Promise<boolean> {
    const step = from.value.at(-1)
    if (!step) return false
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, step]
    await run(back ? { ...step, kind: step.kind === 'assign' ? 'unassign' : 'assign' } : step)
    return true
  }
  return {
    assign: lines => act({ kind: 'assign', lines }),
    unassign: lines => act({ kind: 'unassign', lines }),
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
