import type { BookSheet } from './sheet.ts'
import { IMPORT_LIMITS } from '#domain/importRows.ts'
import { decodeText, isBinary, parseCsvText } from '../csv.ts'
import { SheetError } from './sheet.ts'
import { readXlsBook } from './xls.ts'
import { readOtherBook, readXlsxBook } from './xlsx.ts'

export const MAX_FILE_BYTES = 20 * 1024 * 1024

const isZip = (b: Uint8Array) => b[0] === 0x50 && b[1] === 0x4B && b[2] === 3 && b[3] === 4
const isOle = (b: Uint8Array) => b[0] === 0xD0 && b[1] === 0xCF && b[2] === 0x11 && b[3] === 0xE0
/** Names of parts stand in a zip as they are, whatever is packed. */
const holds = (b: Uint8Array, name: string) => new TextDecoder('latin1').decode(b).includes(name)

async function readZip(bytes: Uint8Array): Promise<BookSheet[]> {
  if (holds(bytes, 'xl/workbook.bin') || holds(bytes, 'opendocument.spreadsheet')) return readOtherBook(bytes)
  if (holds(bytes, 'xl/')) return readXlsxBook(bytes)
  throw new SheetError(holds(bytes, 'word/') || holds(bytes, 'ppt/') ? 'not_a_spreadsheet' : 'damaged')
}

async function readText(bytes: Uint8Array): Promise<BookSheet[]> {
  const text = decodeText(bytes)
  if (isBinary(text)) throw new SheetError('not_a_spreadsheet')
  const { isMarkup, readMarkupBook } = await import('./markup.ts')
  if (isMarkup(text)) return readMarkupBook(text)
  return [{ name: '', hidden: false, rows: parseCsvText(text) }]
}

/** Opens a spreadsheet by its content, whatever its name says. Throws SheetError. */
export async function readBook(bytes: Uint8Array): Promise<BookSheet[]> {
  if (bytes.length === 0) throw new SheetError('empty')
  if (bytes.length > MAX_FILE_BYTES) throw new SheetError('too_large')
  const sheets = isZip(bytes) ? await readZip(bytes) : isOle(bytes) ? await readXlsBook(bytes) : await readText(bytes)
  const kept = sheets.map(sheet => ({ ...sheet, rows: nearRows(sheet.rows) }))
  if (kept.length > IMPORT_LIMITS.sheets) throw new SheetError('too_long')
  return kept
}

/** Rows within the limit. A stray cell far below the others is no row of the list; a list that long must be split. */
function nearRows(rows: BookSheet['rows']): BookSheet['rows'] {
  const far = rows.filter(row => row.line > IMPORT_LIMITS.lines)
  if (far.length > 3) throw new SheetError('too_long')
  return far.length > 0 ? rows.filter(row => row.line <= IMPORT_LIMITS.lines) : rows
}
