/** A cell a spreadsheet would run as a formula gets a leading apostrophe. */
function neutral(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** CSV for Excel and WPS: UTF-8 with byte-order mark, CRLF, formulas neutralised. */
export function writeCsv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const line = (cells: readonly (string | number | null)[]) => cells.map(c => typeof c === 'number' ? String(c) : quoted(neutral(c ?? ''))).join(',')
  return `\uFEFF${[header, ...rows].map(line).join('\r\n')}\r\n`
}
