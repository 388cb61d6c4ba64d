import type { BookSheet, RawSheet } from './sheet.ts'
import { bookSheet, SheetError } from './sheet.ts'

/** Reads only what lies around the cells: names, hidden rows and sheets, merged areas. */
const NO_CELLS = { range: 'A1:A1' }

/**
 * Opens .xlsx. Rows are streamed, because a whole read makes every row up to the last one: a blank in A1048576 would
 * cost seconds. Throws SheetError.
 */
export async function readXlsxBook(bytes: Uint8Array): Promise<BookSheet[]> {
  const { EncryptedFileError, readXlsx, streamXlsxRows } = await import('hucre')
  try {
    const book = await readXlsx(bytes, NO_CELLS)
    const sheets: BookSheet[] = []
    for (const { name, hidden, veryHidden, merges = [], rowDefs } of book.sheets) {
      const rows: RawSheet['rows'] = []
      for await (const row of streamXlsxRows(bytes, { sheet: name })) rows.push({ at: row.index, cells: row.values })
      const hiddenRows = new Set([...rowDefs ?? []].filter(([, def]) => def.hidden).map(([at]) => at))
      sheets.push(bookSheet({ name, hidden: hidden === true || veryHidden === true, rows, merges, hiddenRows }))
    }
    return sheets
  }
  catch (error) {
    throw new SheetError(error instanceof EncryptedFileError ? 'locked' : 'damaged')
  }
}

/** Opens .xlsb and .ods, which seldom come; both are small. Throws SheetError. */
export async function readOtherBook(bytes: Uint8Array): Promise<BookSheet[]> {
  const { EncryptedFileError, read } = await import('hucre')
  try {
    const book = await read(bytes)
    return book.sheets.map(({ name, hidden, rows, merges }) => {
      const found: RawSheet['rows'] = []
      // holes are skipped, so that a stray cell makes no rows
      rows.forEach((cells, at) => found.push({ at, cells }))
      return bookSheet({ name, hidden: hidden === true, rows: found, merges: merges ?? [] })
    })
  }
  catch (error) {
    throw new SheetError(error instanceof EncryptedFileError ? 'locked' : 'damaged')
  }
}
