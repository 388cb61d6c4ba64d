import type { GridPlace, Matrix, MatrixShift } from './matrix.ts'
import type { CoverMode } from './settle.ts'
import { flatRows, removable } from './matrix.ts'

export interface CopiedPerson { responder_id: string, name: string }
/** Names copied from a range, row by row. */
export type Clipboard = CopiedPerson[][][]
export interface PlannedAssign {
  shift_id: string
  responder_id: string
  name: string
  /** lifts a soft rest rule, or an absence */
  override_reason?: string
  /** why somebody is taken off; told to them */
  reason?: string | null
}
/**
 * What speaks against a person on a shift, in words, as the picker says it. `needs_reason`: a published
 * shift asks for one.
 */
export interface Doubts { blocked: string | null, soft: string | null, needs_reason: boolean }
/** One person, the shift they were to be pasted on, and why not, or what to know before. No shift: there is none. */
export type PasteRemark = { name: string, shift: MatrixShift, why: string } | { name: string, shift: null }
export interface PastePlan {
  assigns: PlannedAssign[]
  /** people planned on drafts who make room */
  removes: PlannedAssign[]
  /** people who are not put there */
  left_out: PasteRemark[]
  /** people who are put there although something speaks against it */
  warned: PasteRemark[]
  /** cells that have somebody already, before `mode` settles them */
  covered: number
  /** people who are put on published shifts, and are told at once */
  live: { responder_id: string, name: string, shift: MatrixShift }[]
  /** somebody tired or away would be put on a published shift: that needs a reason (R17) */
  needs_reason: boolean
}
export interface PasteInput {
  clipboard: Clipboard
  matrix: Matrix
  /** where the top left corner of the block lands */
  at: GridPlace
  /** the selected range, which one copied cell fills as a whole */
  range: { rows: number, cols: number }
  /** skip: cells with somebody stay as they are; gaps: free places only; replace: who is planned on a draft goes */
  mode: CoverMode
  /** judges a person on a shift, `pasted` = the shifts they were pasted on before it */
  judge: (responder_id: string, shift: MatrixShift, pasted: readonly MatrixShift[]) => Doubts
}

/** Copies the people planned on a range of cells; a cell without a shift copies as empty. */
export function copyCells(cells: (MatrixShift | null)[][]): Clipboard {
  return cells.map(row =>
    row.map((shift) => {
      const planned = (shift?.people ?? []).filter(p => !p.stands_in)
      return planned.map(({ responder_id, name }) => ({ responder_id, name }))
    }),
  )
}

/** What pasting would do: who comes where, who makes room, who is left out and why. */
export function planPaste(input: PasteInput): PastePlan {
  const { clipboard, matrix, at, range } = input
  const rows = flatRows(matrix)
  const single = clipboard.length === 1 && clipboard[0]?.length === 1
  const height = single ? range.rows : clipboard.length
  const width = single ? range.cols : Math.max(0, ...clipboard.map(row => row.length))
  const plan: PastePlan = {
    assigns: [], removes: [], left_out: [], warned: [], live: [], covered: 0, needs_reason: false,
  }
  const pasted = new Map<string, MatrixShift[]>()
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const people = (single ? clipboard[0]?.[0] : clipboard[r]?.[c]) ?? []
      const shift = rows[at.row + r]?.row.cells[at.col + c]
      if (!shift) plan.left_out.push(...people.map(({ name }) => ({ name, shift: null })))
      else if (people.length > 0) pasteCell(input, plan, people, shift, pasted)
    }
  }
  return plan
}

function pasteCell(
  { mode, judge }: PasteInput,
  plan: PastePlan,
  people: CopiedPerson[],
  shift: MatrixShift,
  pasted: Map<string, MatrixShift[]>,
): void {
  const wanted = new Set(people.map(p => p.responder_id))
  const others = shift.people.filter(p => !p.replaced && !wanted.has(p.responder_id))
  if (others.length > 0) {
    plan.covered++
    if (mode === 'skip') return
  }
  let free = shift.missing
  if (mode === 'replace' && shift.state === 'draft') {
    const gone = others.filter(removable)
    plan.removes.push(...gone.map(({ responder_id, name }) => ({ shift_id: shift.id, responder_id, name })))
    free += gone.length
  }
  for (const { responder_id, name } of people) {
    const before = pasted.get(responder_id) ?? []
    const { blocked, soft, needs_reason } = judge(responder_id, { ...shift, missing: free }, before)
    if (blocked !== null) {
      plan.left_out.push({ name, shift, why: blocked })
      continue
    }
    if (soft !== null) plan.warned.push({ name, shift, why: soft })
    if (shift.state !== 'draft') {
      plan.live.push({ responder_id, name, shift })
      plan.needs_reason ||= needs_reason
    }
    plan.assigns.push({ shift_id: shift.id, responder_id, name })
    pasted.set(responder_id, [...before, shift])
    free--
  }
}
