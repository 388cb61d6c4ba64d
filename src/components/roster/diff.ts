import type { Matrix, MatrixGroup, MatrixRow, MatrixShift } from './matrix.ts'
import { ms } from '#domain/time.ts'

/** One drafted shift as publishing would change it: nothing there before, these people (or empty places) after. */
export interface DiffLine { shift: MatrixShift, group: MatrixGroup, row: MatrixRow, day: number }
export interface PublishDiff {
  lines: DiffLine[]
  /** people who get a notice: each once, however many shifts */
  told: number
  vacancies: number
  /** lines in which somebody would serve twice at once; publishing is refused until they are solved (R3) */
  conflicts: DiffLine[]
  roster_ids: string[]
}

/** What publishing the drafts shown in this week would change. */
export function publishDiff(matrix: Matrix): PublishDiff {
  const lines = matrix.groups.flatMap(group => group.rows.flatMap(row =>
    row.cells.flatMap((shift, day) => shift?.state === 'draft' ? [{ shift, group, row, day }] : [])))
  lines.sort((a, b) => ms(a.shift.starts_at) - ms(b.shift.starts_at))
  return {
    lines,
    told: new Set(lines.flatMap(l => l.shift.people.map(p => p.responder_id))).size,
    vacancies: lines.reduce((sum, l) => sum + l.shift.missing, 0),
    conflicts: lines.filter(l => l.shift.people.some(p => p.clash)),
    roster_ids: [...new Set(lines.flatMap(l => l.shift.roster_id ?? []))],
  }
}
