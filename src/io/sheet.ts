import type { CellValue } from 'hucre'
import { parseCsvText } from './csv.ts'

/** One sheet as text; merged areas are filled with their one value, so each cell can be read alone. */
export interface Sheet { name: string, rows: string[][] }

/** The file is no spreadsheet this program can open. */
export class SheetError extends Error {
  readonly code: 'not_a_spreadsheet' | 'empty' | 'too_large'
  constructor(code: 'not_a_spreadsheet' | 'empty' | 'too_large') {
    super(code)
    this.code = code
  }
}

export const MAX_FILE_BYTES = 20 * 1024 * 1024

/** A cell as text: whole numbers without exponent (phones), dates as yyyy-mm-dd. */
function asText(value: CellValue): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value.toFixed(0) : String(value)
  return String(value)
}

interface Merge { startRow: number, startCol: number, endRow: number, endCol: number }

function fillMerges(rows: string[][], merges: readonly Merge[]): void {
  for (const m of merges) {
    const value = rows[m.startRow]?.[m.startCol] ?? ''
    for (let r = m.startRow; r <= Math.min(m.endRow, rows.length - 1); r++) {
      for (let c = m.startCol; c <= m.endCol; c++) (rows[r] ??= [])[c] = value
    }
  }
}

const isZip = (b: Uint8Array) => b[0] === 0x50 && b[1] === 0x4B
const isOle = (b: Uint8Array) => b[0] === 0xD0 && b[1] === 0xCF

/** Opens .xlsx, .xls and .csv by content, not by name. Throws SheetError. */
export async function readSheets(bytes: Uint8Array): Promise<Sheet[]> {
  if (bytes.length === 0) throw new SheetError('empty')
  if (bytes.length > MAX_FILE_BYTES) throw new SheetError('too_large')
  if (!isZip(bytes) && !isOle(bytes)) return [{ name: 'csv', rows: parseCsvText(bytes) }]
  const { read } = await import('hucre')
  const book = await read(bytes).catch(() => { throw new SheetError('not_a_spreadsheet') })
  return book.sheets.map((sheet) => {
    const rows = Array.from(sheet.rows, row => Array.from(row ?? [], cell => asText(cell ?? null)))
    fillMerges(rows, sheet.merges ?? [])
    return { name: sheet.name, rows }
  })
}
