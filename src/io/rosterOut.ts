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

/**
 * The table as an .xlsx on A4 landscape, one page wide, its head on every page. Cells are text, so that nothing runs as
 * a formula; `readRosterSheet` reads it back.
 */
export async function writeRosterTable({ title, range, foot, heads, days, rows }: RosterTable): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre')
  const head = [
    [title], [range], [...heads, ...days.map(d => d.day)], ['', '', ...days.map(d => d.weekday)],
  ]
  const body = rows.map(row => [row.post, row.shift, ...row.cells])
  const text = { style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } } }
  return writeXlsx({
    sheets: [{
      name: title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
      columns: [{ width: 22, ...text }, { width: 14, ...text }, ...days.map(() => ({ width: 14, ...text }))],
      rows: [...head, ...body, [foot]],
      freezePane: { rows: head.length, columns: 2 },
      pageSetup: {
        orientation: 'landscape',
        paperSize: 'a4',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: '$1:$4',
      },
    }],
  })
}
