import Papa from 'papaparse'

/** Byte-order marks and what they stand for. */
const BOMS: [number[], string][] = [
  [[0xEF, 0xBB, 0xBF], 'utf-8'],
  [[0xFF, 0xFE], 'utf-16le'],
  [[0xFE, 0xFF], 'utf-16be'],
]

/** Text of a file by its byte-order mark, else UTF-8 if every byte fits, else GB18030 (which holds GBK and GB2312). */
export function decodeText(bytes: Uint8Array): string {
  const bom = BOMS.find(([mark]) => mark.every((b, i) => bytes[i] === b))
  if (bom) return new TextDecoder(bom[1]).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  }
  catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Rows of a comma, tab or semicolon file; quoted cells may hold line breaks. */
export function parseCsvText(bytes: Uint8Array): string[][] {
  return Papa.parse<string[]>(decodeText(bytes), { skipEmptyLines: false }).data
}

/** A cell that a spreadsheet would run as a formula gets a leading apostrophe. */
function harmless<T>(cell: T | string): T | string {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}

/**
 * CSV that Excel and WPS open by a double click: UTF-8 with byte-order mark, CRLF, formulas made harmless.
 * Null is an empty cell; a number is never taken for a formula.
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [header, ...rows].map(cells => cells.map(harmless))
  return `\uFEFF${Papa.unparse(lines, { newline: '\r\n' })}\r\n`
}
