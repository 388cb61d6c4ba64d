import type { PlainSheet } from './plainSheet.ts'
import { writePlain } from './plainSheet.ts'

/** A duty roster as a table: posts and shifts down, days across. Days are YYYY-MM-DD, which every reader knows. */
export interface RosterTable {
  title: string
  /** of days, and who printed it when */
  range: string
  foot: string
  /** the words over the first two columns */
  heads: readonly [post: string, shift: string]
  days: readonly { day: string, weekday: string }[]
  rows: readonly { post: string, shift: string, cells: readonly string[] }[]
}

/** The rows above the body of a roster: `readRosterSheet` finds the days in them. */
export function rosterHead({ title, range, heads, days }: Pick<RosterTable, 'title' | 'range' | 'heads' | 'days'>):
string[][] {
  return [[title], [range], [...heads, ...days.map(d => d.day)], ['', '', ...days.map(d => d.weekday)]]
}

/** The table as an .xlsx, and after it another sheet where one is given; `readRosterSheet` reads it back. */
export async function writeRosterTable(table: RosterTable, more: readonly PlainSheet[] = []): Promise<Uint8Array> {
  const { title, foot, days, rows } = table
  const body = rows.map(row => [row.post, row.shift, ...row.cells])
  return writePlain([
    {
      name: title,
      head: rosterHead(table),
      rows: [...body, [foot]],
      widths: [22, 14, ...days.map(() => 14)],
      frozenColumns: 2,
    },
    ...more,
  ])
}
