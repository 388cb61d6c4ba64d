import type { DataValidation } from 'hucre'
import type { RosterTable } from './rosterOut.ts'
import { writePlain } from './plainSheet.ts'
import { rosterHead } from './rosterOut.ts'
import { columnName } from './table.ts'

/** An empty roster to be filled in: posts and shifts down, days across. */
export interface RosterTemplate extends Pick<RosterTable, 'title' | 'range' | 'heads' | 'days'> {
  /** `shift` '' where the coordinator chooses one */
  rows: readonly { post: string, shift: string }[]
  /** what the drop-downs offer: names of people, and hours as '08:00-14:00' */
  people: readonly string[]
  shifts: readonly string[]
  /** how to fill it in, below the table */
  note: string
  /** over the two lists, on a sheet that is hidden */
  lists: { sheet: string, people: string, shifts: string }
}

/**
 * The template as an .xlsx. A cell offers the people, the second column the hours, both from a hidden sheet; more than
 * one name in a cell may be typed. `readRosterSheet` reads what was filled in.
 */
export function writeRosterTemplate(template: RosterTemplate): Promise<Uint8Array> {
  const { title, days, rows, people, shifts, note, lists } = template
  const head = rosterHead(template)
  const [first, last] = [head.length + 1, head.length + Math.max(1, rows.length)]
  const from = (column: string, n: number): string => `'${lists.sheet}'!$${column}$2:$${column}$${Math.max(2, n + 1)}`
  const list = (range: string, formula1: string): DataValidation =>
    ({ type: 'list', range, formula1, allowBlank: true, showErrorMessage: false })
  const lines = Array.from({ length: Math.max(people.length, shifts.length) }, (_, i) =>
    [people[i] ?? '', shifts[i] ?? ''])
  return writePlain([
    {
      name: title,
      head,
      rows: [...rows.map(row => [row.post, row.shift]), [note]],
      widths: [24, 14, ...days.map(() => 14)],
      frozenColumns: 2,
      lists: [
        list(`B${first}:B${last}`, from('B', shifts.length)),
        list(`C${first}:${columnName(days.length + 1)}${last}`, from('A', people.length)),
      ],
    },
    { name: lists.sheet, head: [[lists.people, lists.shifts]], rows: lines, widths: [18, 16], hidden: true },
  ])
}
