import type { GridPlace, Matrix, MatrixShift } from './matrix.ts'
import { flatRows } from './matrix.ts'

export interface CopiedPerson { responder_id: string, name: string }
/** Names copied from a range, row by row. */
export type Clipboard = CopiedPerson[][][]
export interface PlannedAssign {
  shift_id: string
  responder_id: string
  name: string
  /** lifts a soft rest rule */
  override_reason?: string
  /** why somebody is taken off; told to them */
  reason?: string | null
}
export interface PastePlan {
  assigns: PlannedAssign[]
  /** people who found no free place */
  left_out: CopiedPerson[]
}

/** Copies the people of a range of cells; a cell without a shift copies as empty. */
export function copyCells(cells: (MatrixShift | null)[][]): Clipboard {
  return cells.map(row =>
    row.map(shift => (shift?.people ?? []).map(({ responder_id, name }) => ({ responder_id, name }))),
  )
}

/**
 * What pasting at a place would assign: the block lands with its top left corner there, one copied cell fills the
 * whole selected range. People already in a cell stay; a full cell takes nobody and names who was left out.
 */
export function planPaste(
  clipboard: Clipboard,
  matrix: Matrix,
  at: GridPlace,
  range: { rows: number, cols: number },
): PastePlan {
  const rows = flatRows(matrix)
  const single = clipboard.length === 1 && clipboard[0]?.length === 1
  const height = single ? range.rows : clipboard.length
  const width = single ? range.cols : Math.max(0, ...clipboard.map(row => row.length))
  const plan: PastePlan = { assigns: [], left_out: [] }
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const people = (single ? clipboard[0]?.[0] : clipboard[r]?.[c]) ?? []
      pasteCell(plan, people, rows[at.row + r]?.row.cells[at.col + c] ?? null)
    }
  }
  return plan
}

function pasteCell(plan: PastePlan, people: CopiedPerson[], shift: MatrixShift | null): void {
  let free = shift?.missing ?? 0
  for (const person of people) {
    if (shift?.people.some(p => p.responder_id === person.responder_id)) continue
    if (shift && free > 0) {
      plan.assigns.push({ shift_id: shift.id, ...person })
      free--
    }
    else {
      plan.left_out.push(person)
    }
  }
}
