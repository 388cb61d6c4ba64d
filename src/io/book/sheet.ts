/**
 * A row that holds something, as text; `line` counts from 1 as the spreadsheet shows it. `broken`: a quotation mark of
 * the line never closes.
 */
export interface BookRow { line: number, cells: string[], hidden: boolean, broken: boolean }

/** One sheet as text; merged areas are filled with their one value, so each cell can be read alone. */
export interface BookSheet { name: string, hidden: boolean, rows: BookRow[] }

/** Why a file cannot be opened. */
export type SheetErrorCode = 'empty' | 'too_large' | 'too_long' | 'locked' | 'damaged' | 'not_a_spreadsheet'

/** The file is no spreadsheet this program can open. */
export class SheetError extends Error {
  readonly code: SheetErrorCode
  constructor(code: SheetErrorCode) {
    super(code)
    this.code = code
  }
}

/** An area whose one value stands in its first cell; rows and columns from 0. */
export interface Merge { startRow: number, startCol: number, endRow: number, endCol: number }

/** What a reader of one format found in a sheet; `at` is the index of a row from 0. */
export interface RawSheet {
  name: string
  hidden?: boolean
  rows: { at: number, cells: readonly unknown[], broken?: boolean }[]
  merges?: readonly Merge[]
  hiddenRows?: ReadonlySet<number>
}

/** A cell as text: whole numbers without exponent (phones), dates as yyyy-mm-dd. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value.toFixed(0) : String(value)
  return String(value)
}

/** Cells up to the last that holds something. */
function trimEnd(cells: readonly unknown[]): string[] {
  let length = cells.length
  while (length > 0 && asText(cells[length - 1]).trim() === '') length--
  return Array.from({ length }, (_, i) => asText(cells[i]))
}

function fillMerges(rows: ReadonlyMap<number, BookRow>, merges: readonly Merge[], width: number): void {
  for (const m of merges) {
    const value = rows.get(m.startRow)?.cells[m.startCol] ?? ''
    if (value === '') continue
    const last = Math.min(m.endCol, width - 1)
    for (const [at, row] of rows) {
      if (at < m.startRow || at > m.endRow) continue
      while (row.cells.length <= last) row.cells.push('')
      row.cells.fill(value, m.startCol, last + 1)
    }
  }
}

/** Rows that hold something, in order: a stray cell in the last line of a sheet costs one row, not a million. */
export function bookSheet({ name, hidden = false, rows, merges = [], hiddenRows }: RawSheet): BookSheet {
  const kept = new Map<number, BookRow>()
  for (const { at, cells, broken = false } of rows) {
    const text = trimEnd(cells)
    if (text.length > 0) kept.set(at, { line: at + 1, cells: text, hidden: hiddenRows?.has(at) ?? false, broken })
  }
  const width = [...kept.values()].reduce((most, row) => Math.max(most, row.cells.length), 0)
  fillMerges(kept, merges, width)
  return { name, hidden, rows: [...kept.values()].sort((a, b) => a.line - b.line) }
}
