import type { Ref } from 'vue'
import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixPerson } from '#components/roster/matrix.ts'
import type { Intents } from '#views/shell/useIntent.ts'
import { computed, reactive, shallowRef } from 'vue'
import { flatRows } from '#components/roster/matrix.ts'

type Kind = 'assign' | 'unassign'
/** One step of editing; undoing looks the line up by shift and person, because its id changes when it is put back. */
interface Step { kind: Kind, lines: PlannedAssign[] }
/** Steps of editing a week. Each answers whether every line was kept on this phone; what was kept can be undone. */
export interface Steps {
  assign: (lines: PlannedAssign[]) => Promise<boolean>
  unassign: (lines: PlannedAssign[]) => Promise<boolean>
  undo: () => Promise<boolean>
  redo: () => Promise<boolean>
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** Editing of a week: every line is an intent of its own, recorded on this phone at once. `whole` = the week now. */
export function useSteps(intents: Pick<Intents, 'send' | 'id'>, whole: () => Matrix): Steps {
  const done = shallowRef<Step[]>([])
  const undone = shallowRef<Step[]>([])

  function write(kind: Kind, line: PlannedAssign): Promise<boolean> {
    const { shift_id, responder_id, override_reason = null, reason = null } = line
    if (kind === 'assign') {
      const args = { assignment_id: intents.id(), shift_id, responder_id, override_reason }
      return intents.send('assign', args, null)
    }
    const person = findPerson(whole(), line)
    // somebody else took them off already
    return person ? intents.send('unassign', { assignment_id: person.id, reason }, null) : Promise.resolve(true)
  }
  /** Writes line by line and stops at the first that is not kept. Answers how many were. */
  async function run(kind: Kind, lines: PlannedAssign[]): Promise<number> {
    for (const [n, line] of lines.entries()) {
      if (!await write(kind, line)) return n
    }
    return lines.length
  }
  async function act(kind: Kind, lines: PlannedAssign[]): Promise<boolean> {
    const kept = await run(kind, lines)
    if (kept > 0) {
      done.value = [...done.value, { kind, lines: lines.slice(0, kept) }]
      undone.value = []
    }
    return kept === lines.length
  }
  /** Plays the last step of a pile, or its opposite, and moves it to the other. What was not kept stays on its pile. */
  async function turn(from: Ref<Step[]>, to: Ref<Step[]>, back: boolean): Promise<boolean> {
    const step = from.value.at(-1)
    if (!step) return false
    const { kind, lines } = step
    from.value = from.value.slice(0, -1)
    const kept = await run(back ? kind === 'assign' ? 'unassign' : 'assign' : kind, lines)
    if (kept > 0) to.value = [...to.value, { kind, lines: lines.slice(0, kept) }]
    if (kept < lines.length) from.value = [...from.value, { kind, lines: lines.slice(kept) }]
    return kept === lines.length
  }
  return reactive({
    assign: (lines: PlannedAssign[]) => act('assign', lines),
    unassign: (lines: PlannedAssign[]) => act('unassign', lines),
    undo: () => turn(done, undone, true),
    redo: () => turn(undone, done, false),
    canUndo: computed(() => done.value.length > 0),
    canRedo: computed(() => undone.value.length > 0),
  })
}

function findPerson(matrix: Matrix, line: Pick<PlannedAssign, 'shift_id' | 'responder_id'>): MatrixPerson | undefined {
  const shift = flatRows(matrix).flatMap(({ row }) => row.cells).find(s => s?.id === line.shift_id)
  return shift?.people.find(p => p.responder_id === line.responder_id)
}
