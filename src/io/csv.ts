import type { BookRow } from './book/sheet.ts'
import Papa from 'papaparse'

/** Byte-order marks and what they stand for. */
const BOMS: [number[], string][] = [
  [[0xEF, 0xBB, 0xBF], 'utf-8'],
  [[0xFF, 0xFE], 'utf-16le'],
  [[0xFE, 0xFF], 'utf-16be'],
]

/** UTF-16 without its mark: every other byte of plain digits and commas is zero. */
function bareUtf16(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 2000)
  const zeros = (odd: number) => head.filter((b, i) => b === 0 && i % 2 === odd).length
  const [even, odd] = [zeros(0), zeros(1)]
  if (even + odd < head.length / 20 || Math.min(even, odd) > 0) return null
  return odd > 0 ? 'utf-16le' : 'utf-16be'
}

/** Text of a file by its byte-order mark, else UTF-8 if every byte fits, else GB18030 (which holds GBK and GB2312). */
export function decodeText(bytes: Uint8Array): string {
  const wide = BOMS.find(([mark]) => mark.every((b, i) => bytes[i] === b))?.[1] ?? bareUtf16(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  }
  catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Is this text of a file no text at all: a picture, a document, a program? */
export function isBinary(text: string): boolean {
  return /^(?:%PDF|PK|GIF8|\x89PNG|\{\\rtf)/.test(text) || text.slice(0, 4000).includes('\0')
}

const FULL_WIDTH_COMMA = String.fromCharCode(0xFF0C)
/** The sign between cells: what parts the first lines most often and most evenly, outside quotes. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).replace(/"[^"\n]*"/g, '').split(/\r\n?|\n/).slice(0, 20)
  const count = (sign: string) => lines.filter(l => l.includes(sign)).length * 100
    + lines.reduce((sum, l) => sum + l.split(sign).length - 1, 0)
  const signs = [',', '\t', ';', '|', FULL_WIDTH_COMMA].map(sign => ({ sign, n: count(sign) }))
  const ranked = signs.sort((a, b) => b.n - a.n)
  return ranked[0]?.sign ?? ','
}

const isOpen = (cell: string, sign: string, width: number): boolean =>
  cell.split(/\r\n?|\n/).slice(1).some(line => line.split(sign).length >= Math.max(2, width))

/** Lines of a record whose quotation mark never closed, read for themselves; the first one is broken. */
function looseLines(record: string, sign: string): { cells: string[], broken: boolean }[] {
  return record.split(/\r\n?|\n/).map((line, i) => ({
    cells: line.split(sign).map(cell => cell.replaceAll('"', '')),
    broken: i === 0,
  }))
}

/**
 * Rows of a comma, tab or semicolon file; quoted cells may hold line breaks. A mark that never closes would swallow the
 * lines below it: those are read one by one, and its own line is `broken`.
 */
export function parseCsvText(text: string): BookRow[] {
  const sign = delimiterOf(text)
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: sign, skipEmptyLines: false })
  const unclosed = new Set(errors.filter(e => e.code === 'MissingQuotes').map(e => e.row))
  const width = data.find(cells => cells.length > 1)?.length ?? 1
  const rows: BookRow[] = []
  let line = 0
  const add = (cells: string[], broken: boolean): void => {
    line++
    if (cells.some(c => c.trim() !== '')) rows.push({ line, cells: cells.map(uncover), hidden: false, broken })
  }
  data.forEach((cells, i) => {
    if (!unclosed.has(i) && !cells.some(cell => isOpen(cell, sign, width))) {
      add(cells, false)
    }
    else {
      for (const loose of looseLines(cells.join(sign), sign)) add(loose.cells, loose.broken)
    }
  })
  return rows
}

/** `="0123"`, by which programs keep a spreadsheet from eating the 0, is 0123. */
function uncover(cell: string): string {
  const m = /^\s*=\s*"(.*)"\s*$/s.exec(cell)
  return m ? m[1]!.replaceAll('""', '"') : cell
}
