import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import { expect, it, vi } from 'vitest'
import { useSteps } from './useSteps.ts'

/** A week with one post and three shifts, empty. */
function week(): Matrix {
  const cells = ['s0', 's1', 's2'].map(id => ({ id, people: [], missing: 2, state: 'draft' }) as unknown as MatrixShift)
  return { days: [], groups: [{ rows: [{ cells }] }] } as unknown as Matrix
}
const line = (n: number): PlannedAssign => ({ shift_id: `s${n}`, responder_id: 'r', name: '王' })

/** An editor whose phone is full after `room` intents. */
function editor(room: number) {
  const matrix = { value: week() }
  const send = vi.fn(async (name: string, args: { shift_id?: string, assignment_id: string }) => {
    if (room-- <= 0) return false
    const shifts = matrix.value.groups[0]!.rows[0]!.cells
    for (const shift of shifts) {
      const person = { id: args.assignment_id, responder_id: 'r' } as never
      if (name === 'assign' && shift!.id === args.shift_id) shift!.people.push(person)
      if (name === 'unassign') shift!.people = shift!.people.filter(p => p.id !== args.assignment_id)
    }
    return true
  })
  let n = 0
  const edit = useSteps({ send: send as never, id: () => `a${n++}` }, () => matrix.value)
  const taken = (): number[] => matrix.value.groups[0]!.rows[0]!.cells.map(s => s!.people.length)
  return { edit, send, taken, refill: (n: number) => { room = n } }
}

it('stops at the first line that is not kept, says so, and undoes only what was', async () => {
  const { edit, send, taken, refill } = editor(2)
  expect(await edit.assign([line(0), line(1), line(2)])).toBe(false)
  expect([taken(), send.mock.calls.length]).toEqual([[1, 1, 0], 3])
  refill(10)
  expect(await edit.undo()).toBe(true)
  expect(taken()).toEqual([0, 0, 0])
  expect([edit.canUndo, edit.canRedo]).toEqual([false, true])
  expect(await edit.redo()).toBe(true)
  expect(taken()).toEqual([1, 1, 0])
})

it('has nothing to undo when nothing was kept, and keeps what could not be undone', async () => {
  const { edit, taken, refill } = editor(0)
  expect(await edit.assign([line(0)])).toBe(false)
  expect(edit.canUndo).toBe(false)
  refill(3)
  expect(await edit.assign([line(0), line(1)])).toBe(true)
  expect(await edit.undo()).toBe(false)
  expect([taken(), edit.canUndo, edit.canRedo]).toEqual([[1, 0, 0], true, true])
  refill(2)
  expect(await edit.undo()).toBe(true)
  expect([taken(), edit.canUndo]).toEqual([[0, 0, 0], false])
})
