import type { Field } from './fields.ts'
import { NEVER_COLLECTED } from './fields.ts'
import { cellText, wordKey } from './text.ts'

/** A line of the file by field key; `row` counts from 1 as the spreadsheet shows it. */
export interface Line { row: number, cells: Record<string, string> }
export interface TableReading {
  lines: Line[]
  /** required fields with no column */
  missing: string[]
  /** headers never collected (national ID …) */
  dropped: string[]
  /** headers this program does not know */
  ignored: string[]
  /** lines left out because they hold a total or a note */
  skipped: number[]
}

type Columns = Map<string, number>
const TOTAL = /^(?:(?:合计|总计|小计|共计|总人数|说明|备注|注|示例|例如|例|example|total)(?:$|[\s\d:(])|(?:制表|填表|审核)(?:$|[\s:人]|日期|时间|单位))/i
const LAST_HEADER_ROW = 20

/** Which column holds which field, given the words over each column (lower line first). */
function match(words: readonly string[][], fields: readonly Field[]): Columns {
  const found: Columns = new Map()
  const keys = words.map(list => list.map(wordKey))
  for (const depth of [0, 1]) {
    for (const field of fields) {
      if (found.has(field.key)) continue
      const wanted = field.headers.map(wordKey)
      const hits = keys.map((list, col) => ({ col, rank: wanted.indexOf(list[depth] ?? '') })).filter(h =>
        h.rank >= 0 && ![...found.values()].includes(h.col),
      )
      const best = hits.sort((a, b) => a.rank - b.rank)[0]
      if (best) found.set(field.key, best.col)
    }
  }
  return found
}

interface Header { at: number, height: 1 | 2, columns: Columns, words: string[][] }

/** The header with the most known fields among the first lines; two merged lines are read as one. */
function findHeader(rows: readonly string[][], fields: readonly Field[]): Header | null {
  let best: Header | null = null
  for (let at = 0; at < Math.min(rows.length, LAST_HEADER_ROW); at++) {
    const upper = rows[at] ?? []
    const lower = rows[at + 1] ?? []
    const width = Math.max(upper.length, lower.length)
    const one = Array.from({ length: width }, (_, c) => [upper[c] ?? ''])
    const two = Array.from({ length: width }, (_, c) => [lower[c] ?? '', upper[c] ?? ''])
    const isHeader = match(Array.from({ length: width }, (_, c) => [lower[c] ?? '']), fields).size > 0
    const candidates: Header[] = [{ at, height: 1, columns: match(one, fields), words: one }]
    if (isHeader) candidates.push({ at, height: 2, columns: match(two, fields), words: two })
    for (const c of candidates) {
      if (c.columns.size > (best?.columns.size ?? 0)) best = c
    }
  }
  return best && best.columns.size >= Math.min(2, fields.filter(x => x.required).length) ? best : null
}

function isRepeatedHeader(row: readonly string[], header: Header): boolean {
  const same = [...header.columns.values()].filter(c =>
    wordKey(row[c] ?? '') !== '' && header.words[c]?.some(w => wordKey(w) === wordKey(row[c] ?? '')),
  )
  return same.length >= 2 || same.length === header.columns.size
}

function readLine(row: readonly string[], at: number, columns: Columns): Line {
  const cells = Object.fromEntries([...columns].map(([key, col]) => [key, row[col] ?? '']))
  return { row: at + 1, cells }
}

/** How well a sheet fits the fields: the number of columns it knows. 0 = no header at all. */
export function headerScore(rows: readonly string[][], fields: readonly Field[]): number {
  return findHeader(rows, fields)?.columns.size ?? 0
}

/**
 * Reads a sheet whose header may stand anywhere in the first lines. Empty lines, totals, notes and repeated headers are
 * left out.
 */
export function readTable(rows: readonly string[][], fields: readonly Field[]): TableReading {
  const header = findHeader(rows, fields)
  const required = fields.filter(x => x.required).map(x => x.key)
  if (!header) return { lines: [], missing: required, dropped: [], ignored: [], skipped: [] }
  const out: TableReading = {
    lines: [],
    missing: required.filter(k => !header.columns.has(k)),
    ...otherHeaders(header),
    skipped: [],
  }
  const used = [...header.columns.values()]
  rows.slice(header.at + header.height).forEach((row, i) => {
    const at = header.at + header.height + i
    const first = row.map(cellText).find(c => c !== '')
    if (first === undefined || used.every(c => cellText(row[c] ?? '') === '') || isRepeatedHeader(row, header)) return
    if (TOTAL.test(first)) out.skipped.push(at + 1)
    else out.lines.push(readLine(row, at, header.columns))
  })
  return out
}

/** Headers outside the known columns, told apart into never collected and merely unknown. */
function otherHeaders(header: Header): { dropped: string[], ignored: string[] } {
  const used = new Set(header.columns.values())
  const rest = header.words.filter((_, c) => !used.has(c)).map(list => cellText(list[0] || list[1] || '')).filter(w =>
    w !== '',
  )
  const names = [...new Set(rest)]
  return {
    dropped: names.filter(n => NEVER_COLLECTED.test(n)),
    ignored: names.filter(n => !NEVER_COLLECTED.test(n) && !/^序号?$|^编号$|^no\.?$/i.test(n)),
  }
}
