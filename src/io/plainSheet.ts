import type { WriteSheet } from 'hucre'

/** A sheet of texts: `head` stays in sight, above `rows`. Widths in characters, one for each column. */
export interface PlainSheet {
  name: string
  head: readonly (readonly string[])[]
  rows: readonly (readonly string[])[]
  widths: readonly number[]
  /** columns that stay in sight as well */
  frozenColumns?: number
  lists?: WriteSheet['dataValidations']
  hidden?: boolean
}

/** Characters that steer a terminal or break the file; a line may break. */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g

/** A cell of a file that leaves the app: words alone. */
export const plainText = (cell: string): string => cell.replaceAll(CONTROL, ' ')

/**
 * A sheet in which every cell is a text, also after somebody edits it: what begins with = + - or @ never runs as a
 * formula. Printed on A4 landscape, one page wide, its head on every page.
 */
export function plainSheet(sheet: PlainSheet): WriteSheet {
  const { name, head, rows, widths, frozenColumns = 0, lists, hidden } = sheet
  const style = { numFmt: '@', alignment: { wrapText: true, vertical: 'top' as const } }
  return {
    name: plainText(name).replace(/[\\/?*[\]:']/g, ' ').slice(0, 31),
    columns: widths.map(width => ({ width, style })),
    rows: [...head, ...rows].map(row => row.map(plainText)),
    freezePane: { rows: head.length, columns: frozenColumns },
    ...lists && { dataValidations: lists },
    ...hidden && { hidden },
    pageSetup: {
      orientation: 'landscape',
      paperSize: 'a4',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$1:$${head.length}`,
    },
  }
}

/** The sheets as an .xlsx. */
export async function writePlain(sheets: readonly PlainSheet[]): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre')
  return writeXlsx({ sheets: sheets.map(plainSheet) })
}
