import type { BookRow } from './book/sheet.ts'
import type { Field } from './fields.ts'
import { MEND_HEADERS, NEVER_COLLECTED } from './fields.ts'
import { cellText, wordKey } from './text.ts'

/**
 * A line of the file by field key; a field that has no column has no key. `row` as in `rowNumber`; `heads`: the header
 * over a cell, which may be half of what the cell says (是否室外: 是).
 */
export interface Line {
  row: number, cells: Record<string, string>, heads?: Readonly<Record<string, string>>, broken?: boolean
}

/** `id`: the header of a column, or its letter in brackets where it has none; `kept`: false for never collected. */
export interface Column { id: string, at: number, sample: string, kept: boolean }

export type SkipReason = 'total' | 'note' | 'header' | 'hidden' | 'blank'
export interface Skip { line: number, why: SkipReason, text: string }

/** A sheet taken apart: what stands above its header, its columns, which of them the program knows, and its lines. */
export interface Table {
  title: string[]
  columns: Column[]
  known: Map<string, Column>
  body: BookRow[]
  skipped: Skip[]
}

const TOTAL = /^(?:[合总小共]\s?计|总人数|total)(?:$|[\s\d:(])|^共\s*\d+\s*[人户栋条]/i
const NOTE = /^(?:(?:说明|备注|注|示例|例如|例|example)(?:$|[\s\d:(])|(?:制表|填表|审核)(?:$|[\s:人]|日期|时间|单位))/i
const LAST_HEADER_ROW = 20
const NUMBERING = /^序号?$|^编号$|^no\.?$/i

/** Which column holds which field, given the words over each column (lower line first). */
function match(words: readonly (readonly string[])[], fields: readonly Field[]): Map<string, number> {
  const found = new Map<string, number>()
  const keys = words.map(list => list.map(wordKey))
  for (const depth of [0, 1]) {
    for (const field of fields) {
      if (found.has(field.key)) continue
      const wanted = field.headers.map(wordKey)
      const hits = keys.map((list, col) => ({ col, rank: wanted.indexOf(list[depth] ?? '') }))
        .filter(h => h.rank >= 0 && ![...found.values()].includes(h.col))
      const best = hits.sort((a, b) => a.rank - b.rank)[0]
      if (best) found.set(field.key, best.col)
    }
  }
  return found
}

interface Header { at: number, height: 0 | 1 | 2, columns: Map<string, number>, words: string[][] }

const distinct = (row: BookRow): string[] => [...new Set(row.cells.map(cellText).filter(Boolean))]
const looksLikeData = (row: BookRow): boolean => row.cells.some(cell => /^\+?[\d\s-]{7,}$/.test(cellText(cell)))

/** The words over each column, of one line or of two that are read as one. */
function wordsOver(upper: BookRow, lower: BookRow | undefined): string[][] {
  const width = Math.max(upper.cells.length, lower?.cells.length ?? 0)
  const cell = (row: BookRow, c: number): string => row.cells[c] ?? ''
  return Array.from({ length: width }, (_, c) => lower ? [cell(lower, c), cell(upper, c)] : [cell(upper, c)])
}

/**
 * Whether the line below a header is the first line of data, although one of its values is also a header: 可夜班 as a
 * remark, 物资 as a kind of post. Below a known header stands a value; the lower half of a header repeats the upper,
 * is empty, or names a part of a header that spans columns.
 */
function holdsValues(
  lower: BookRow, upper: BookRow, columns: ReadonlyMap<string, number>, fields: readonly Field[],
): boolean {
  const at = (row: BookRow, c: number): string => wordKey(row.cells[c] ?? '')
  const spans = (c: number): boolean => c + 1 < lower.cells.length && ['', at(upper, c)].includes(at(upper, c + 1))
  const isHeader = (word: string): boolean => fields.some(field => field.headers.some(h => wordKey(h) === word))
  return [...columns.values()].some((c) => {
    const word = at(lower, c)
    return word !== '' && word !== at(upper, c) && !spans(c) && !isHeader(word)
  })
}

/**
 * The header with the most known fields among the first lines; two merged lines are read as one. Where no word is
 * known, the first line of several words is the header, unless it holds numbers: then there is none.
 */
function findHeader(rows: readonly BookRow[], fields: readonly Field[]): Header | null {
  let best: Header | null = null
  const candidates = rows.slice(0, LAST_HEADER_ROW)
  candidates.forEach((upper, at) => {
    const one = wordsOver(upper, undefined)
    const heads: Header[] = [{ at, height: 1, columns: match(one, fields), words: one }]
    const lower = rows[at + 1]
    const isNext = lower && lower.line === upper.line + 1 && !holdsValues(lower, upper, heads[0]!.columns, fields)
    const below = isNext ? match(wordsOver(lower, undefined), fields) : null
    if (lower && below && below.size > 0) {
      const two = wordsOver(upper, lower)
      const head: Header = { at, height: 2, columns: match(two, fields), words: two }
      // a word of its own below 联系方式 says which number is meant
      const isFiner = [...below.values()].some(c => wordKey(lower.cells[c]!) !== wordKey(upper.cells[c] ?? ''))
      if (isFiner) heads.unshift(head)
      else heads.push(head)
    }
    for (const head of heads) {
      if (head.columns.size > (best?.columns.size ?? 0) && distinct(upper).length > 1) best = head
    }
  })
  if (best) return best
  const at = candidates.findIndex(row => distinct(row).length > 1)
  const row = candidates[at]
  if (!row) return null
  return looksLikeData(row)
    ? { at, height: 0, columns: new Map(), words: row.cells.map(() => ['']) }
    : { at, height: 1, columns: new Map(), words: wordsOver(row, undefined) }
}

/** 0 → 'A', 26 → 'AA'. */
export function columnName(index: number): string {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + index % 26)
}

/** Columns with a header or with content; a header that stands twice gets a number. */
function columnsOf(header: Header, body: readonly BookRow[]): Column[] {
  const width = body.reduce((most, row) => Math.max(most, row.cells.length), header.words.length)
  const sampleOf = (at: number): string => {
    const row = body.find(r => cellText(r.cells[at] ?? '') !== '')
    return cellText(row?.cells[at] ?? '')
  }
  const seen = new Map<string, number>()
  const out: Column[] = []
  for (let at = 0; at < width; at++) {
    const words = (header.words[at] ?? []).map(cellText).filter(Boolean)
    const sample = sampleOf(at)
    if (words.length === 0 && sample === '') continue
    const name = words[0] ?? `[${columnName(at)}]`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    const kept = !words.some(w => NEVER_COLLECTED.test(w))
    out.push({ id: times > 1 ? `${name} (${times})` : name, at, sample, kept })
  }
  return out
}

function isRepeatedHeader(row: BookRow, header: Header): boolean {
  const cols = header.columns.size > 0 ? [...header.columns.values()] : header.words.map((_, c) => c)
  const same = cols.filter((c) => {
    const word = wordKey(row.cells[c] ?? '')
    return word !== '' && header.words[c]?.some(w => wordKey(w) === word)
  })
  return header.height > 0 && (same.length >= 2 || same.length === cols.length)
}

function skipOf(row: BookRow, header: Header, used: readonly number[], hiddenRows: boolean): SkipReason | null {
  const texts = row.cells.map(cellText).filter(Boolean)
  // a number of its own may stand before the word
  const first = texts.slice(0, /^\d+$/.test(texts[0] ?? '') ? 2 : 1)
  if (row.hidden && !hiddenRows) return 'hidden'
  if (isRepeatedHeader(row, header)) return 'header'
  if (first.some(word => TOTAL.test(word))) return 'total'
  if (NOTE.test(first[0] ?? '')) return 'note'
  return used.length > 0 && used.every(c => cellText(row.cells[c] ?? '') === '') ? 'blank' : null
}

/**
 * Takes a sheet apart, whose header may stand anywhere in the first lines. Totals, notes, repeated headers, hidden rows
 * and rows with nothing in a known column are left out, each with its reason.
 */
export function readTable(rows: readonly BookRow[], fields: readonly Field[], hiddenRows = false): Table {
  const header = findHeader(rows, fields)
  if (!header) return { title: [], columns: [], known: new Map(), body: [], skipped: [] }
  const below = rows.slice(header.at + header.height)
  const columns = columnsOf(header, below)
  const byPlace = new Map(columns.map(column => [column.at, column]))
  const known = new Map([...header.columns].flatMap(([key, at]) => byPlace.has(at) ? [[key, byPlace.get(at)!]] : []))
  const used = [...header.columns.values()]
  const out: Table = { title: rows.slice(0, header.at).flatMap(distinct), columns, known, body: [], skipped: [] }
  for (const row of below) {
    const why = skipOf(row, header, used, hiddenRows)
    if (why === null) out.body.push(row)
    else out.skipped.push({ line: row.line, why, text: distinct(row).slice(0, 4).join(' ') })
  }
  return out
}

/** Columns that are neither known, nor mere numbering, nor the reasons of a file of rows to mend. */
export function unknownColumns(table: Table): Column[] {
  const known = new Set(table.known.values())
  return table.columns.filter(c => c.kept && !known.has(c) && !NUMBERING.test(c.id) && !MEND_HEADERS.test(c.id))
}
