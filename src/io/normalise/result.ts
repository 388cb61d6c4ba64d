import type { RowError, RowErrorCode } from '#domain/importRows.ts'
import type { Line } from '../table.ts'
import { cellText, isErrorCell, isNothing, wordKey } from '../text.ts'

/** Why a cell is shown to the person before it is imported. */
export type OddCode = 'read_as' | 'error_cell' | 'not_understood' | 'no_building' | 'no_estate' | 'first_number'
  | 'number_cut' | 'list_cut'

/** A cell that became something else: `to` is the new value, null where the cell is left out and changes nothing. */
export interface OddCell { row: number, field: string, code: OddCode, from: string, to: string | null }

export interface NormalResult<T> { rows: T[], errors: RowError[], odd: OddCell[] }

/**
 * Reads the cells of one line and collects its errors. Of an optional cell: undefined = no column, or not understood
 * (changes nothing), null = empty.
 */
export interface LineReader {
  raw: (key: string) => string
  /** the header over a cell, for comparing; '' = it has none */
  head: (key: string) => string
  has: (key: string) => boolean
  text: (key: string, max: number) => string | null | undefined
  need: (key: string, max: number) => string | undefined
  fail: (field: string, code: RowErrorCode, more?: { of?: number, unit?: string }) => undefined
  odd: (field: string, code: OddCode, to: string | null) => undefined
  failed: () => boolean
  /** does the error of a formula stand in the cell */
  isBroken: (key: string) => boolean
}

/** A reader over one line; what it finds wrong or odd goes into `out`. The error of a formula counts as no cell. */
function lineReader<T>(line: Line, needed: readonly string[], out: NormalResult<T>): LineReader {
  const before = out.errors.length
  const broken = Object.entries(line.cells).filter(([, cell]) => isErrorCell(cell)).map(([key]) => key)
  const raw = (key: string): string => broken.includes(key) ? '' : line.cells[key] ?? ''
  const head = (key: string): string => wordKey(line.heads?.[key] ?? '')
  const has = (key: string): boolean => line.cells[key] !== undefined && !broken.includes(key)
  const fail: LineReader['fail'] = (field, code, more) => { out.errors.push({ row: line.row, field, code, ...more }) }
  const odd: LineReader['odd'] = (field, code, to) => {
    out.odd.push({ row: line.row, field, code, from: line.cells[field] ?? '', to })
  }
  for (const key of broken) {
    if (needed.includes(key)) fail(key, 'error_cell')
    else odd(key, 'error_cell', null)
  }
  if (line.broken) fail('', 'open_quote')
  const text: LineReader['text'] = (key, max) => {
    const value = !needed.includes(key) && isNothing(raw(key)) ? '' : cellText(raw(key))
    if ([...value].length > max) return fail(key, 'too_long')
    return value === '' ? has(key) ? null : undefined : value
  }
  const need: LineReader['need'] = (key, max) => {
    const value = text(key, max)
    return value ?? (value === undefined && line.cells[key] !== undefined ? undefined : fail(key, 'missing'))
  }
  const failed = (): boolean => out.errors.length > before
  return { raw, head, has, text, need, fail, odd, failed, isBroken: key => broken.includes(key) }
}

/** Drops the keys that hold nothing, so that what has no column changes nothing. */
export function filled<T extends object>(row: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(row).filter(([, v]) => v !== undefined)) as T
}

/** How the lines of one kind become rows. `key`: what may stand in a file only once, and the field that says so. */
export interface Reading<T> {
  needed: readonly string[]
  field: string
  keyOf: (row: T) => string
  read: (line: Line, r: LineReader) => readonly T[]
}

/** Turns lines into rows; a line with an error gives no row; a key seen before is duplicate_in_file. */
export function normaliseLines<T extends { row: number }>(lines: Iterable<Line>, how: Reading<T>): NormalResult<T> {
  const out: NormalResult<T> = { rows: [], errors: [], odd: [] }
  const seen = new Map<string, number>()
  for (const line of lines) {
    const reader = lineReader(line, how.needed, out)
    const rows = how.read(line, reader)
    if (rows.length === 0 || reader.failed()) continue
    const repeated = rows.map(row => seen.get(how.keyOf(row))).find(row => row !== undefined)
    if (repeated !== undefined) reader.fail(how.field, 'duplicate_in_file', { of: repeated })
    else out.rows.push(...rows)
    for (const row of rows) seen.set(how.keyOf(row), seen.get(how.keyOf(row)) ?? line.row)
  }
  return out
}
