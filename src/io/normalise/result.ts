import type { RowError, RowErrorCode } from '#domain/importRows.ts'
import type { Line } from '../table.ts'
import { cellText } from '../text.ts'

export interface NormalResult<T> { rows: T[], errors: RowError[] }

/** Reads the cells of one line and collects its errors. */
export interface LineReader {
  text: (key: string, max: number) => string | undefined
  fail: (field: string, code: RowErrorCode) => undefined
  failed: () => boolean
}

/** A reader over one line; what it finds wrong goes into `errors`. */
export function lineReader(line: Line, errors: RowError[]): LineReader {
  const before = errors.length
  const fail = (field: string, code: RowErrorCode): undefined => {
    errors.push({ row: line.row, field, code })
  }
  const text = (key: string, max: number): string | undefined => {
    const value = cellText(line.cells[key] ?? '')
    if ([...value].length > max) return fail(key, 'too_long')
    return value === '' ? undefined : value
  }
  return { text, fail, failed: () => errors.length > before }
}

/** Drops the keys that hold nothing, so that an import never overwrites with emptiness. */
export function filled<T extends object>(row: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(row).filter(([, v]) => v !== undefined)) as T
}

/** Turns lines into rows; a line with an error gives no row; a key seen before is duplicate_in_file. */
export function normaliseLines<T>(
  lines: readonly Line[],
  field: string,
  keyOf: (row: T) => string,
  read: (line: Line, r: LineReader) => T | undefined,
): NormalResult<T> {
  const out: NormalResult<T> = { rows: [], errors: [] }
  const seen = new Set<string>()
  for (const line of lines) {
    const reader = lineReader(line, out.errors)
    const row = read(line, reader)
    if (row === undefined || reader.failed()) continue
    const key = keyOf(row)
    if (seen.has(key)) reader.fail(field, 'duplicate_in_file')
    else out.rows.push(row)
    seen.add(key)
  }
  return out
}
