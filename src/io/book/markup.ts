import type { BookSheet, Merge, RawSheet } from './sheet.ts'
import { Parser } from 'htmlparser2'
import { bookSheet, SheetError } from './sheet.ts'

/** Does a text begin as a web page or as a workbook in XML does, whatever its name says? */
export function isMarkup(text: string): boolean {
  return /^\s*<(?:\?xml|!doctype|!--|html|head|body|meta|style|div|table|workbook|ss:workbook)/i.test(text)
}

/** The words of two formats: a table of a web page, and SpreadsheetML of Excel 2003. */
const HTML = { sheet: 'table', row: ['tr'], cell: ['td', 'th'] }
const XML = { sheet: 'worksheet', row: ['row'], cell: ['cell'] }

interface TableSheet extends RawSheet {
  rows: { at: number, cells: string[] }[], merges: Merge[], hiddenRows: Set<number>
}

/** A page may claim that one cell reaches over a million rows. */
const MOST_COLUMNS = 400
const MOST_DOWN = 2000

/** Collects cells as they are read. Rows that a cell above reaches into are filled with its value by its merge. */
class Table {
  readonly sheet: TableSheet
  private taken = new Set<string>()
  private at = -1
  private col = 0

  constructor(name: string) {
    this.sheet = { name, rows: [], merges: [], hiddenRows: new Set() }
  }

  beginRow(index: number, hidden: boolean): void {
    this.at = index > 0 ? index - 1 : this.at + 1
    this.col = 0
    this.sheet.rows.push({ at: this.at, cells: [] })
    if (hidden) this.sheet.hiddenRows.add(this.at)
  }

  cell(text: string, index: number, right: number, down: number): void {
    const row = this.sheet.rows.at(-1)
    if (!row) return
    if (index > 0) this.col = index - 1
    while (this.taken.has(`${this.at}|${this.col}`)) this.col++
    if (this.col >= MOST_COLUMNS) return
    row.cells[this.col] = text
    const [endRow, endCol] = [this.at + Math.min(down, MOST_DOWN), Math.min(this.col + right, MOST_COLUMNS)]
    if (down > 0 || right > 0) this.sheet.merges.push({ startRow: this.at, startCol: this.col, endRow, endCol })
    for (let r = this.at + 1; r <= endRow; r++) {
      for (let c = this.col; c <= endCol; c++) this.taken.add(`${r}|${c}`)
    }
    this.col = endCol + 1
  }
}

const number = (text: string | undefined, less: number): number => Math.max(0, (Number(text ?? 0) || 0) - less)
const isHidden = (a: Record<string, string>): boolean =>
  'hidden' in a || a['ss:hidden'] === '1' || /display\s*:\s*none/i.test(a.style ?? '')

interface OpenCell { text: string, isNumber: boolean, index: number, right: number, down: number }
const readCell = (a: Record<string, string>, isXml: boolean): OpenCell => ({
  text: a['x:num'] ?? '',
  isNumber: (a['x:num'] ?? '') !== '',
  index: number(a['ss:index'], 0),
  right: isXml ? number(a['ss:mergeacross'], 0) : number(a.colspan, 1),
  down: isXml ? number(a['ss:mergedown'], 0) : number(a.rowspan, 1),
})
/** A moment of SpreadsheetML, '2026-06-01T00:00:00.000', as its day. */
const tidy = (text: string): string => text.trim().replace(/^(\d{4}-\d\d-\d\d)T[\d:.]+$/, '$1')

/** Opens a web page or a workbook in XML, which shops and old systems save under the name .xls. Throws SheetError. */
export function readMarkupBook(text: string): BookSheet[] {
  const isXml = /<(?:ss:)?workbook\b/i.test(text.slice(0, 4000))
  const words = isXml ? XML : HTML
  const tables: Table[] = []
  const open: Table[] = []
  let cell: OpenCell | null = null
  // a workbook in XML keeps comments inside cells
  let quiet = 0
  const local = (name: string): string => name.toLowerCase().replace(/^ss:/, '')
  const isQuiet = (tag: string): boolean => ['comment', 'script', 'style'].includes(tag)
  const parser = new Parser({
    onopentag(name, raw) {
      const tag = local(name)
      const a = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key.toLowerCase(), value]))
      if (isQuiet(tag)) quiet++
      if (tag === 'br' && cell) cell.text += '\n'
      if (tag === words.sheet) {
        const table = new Table(a['ss:name'] ?? `${tables.length + 1}`)
        tables.push(table)
        open.push(table)
      }
      if (words.row.includes(tag)) open.at(-1)?.beginRow(number(a['ss:index'], 0), isHidden(a))
      if (words.cell.includes(tag)) cell = readCell(a, isXml)
    },
    ontext(data) {
      if (cell && quiet === 0 && !cell.isNumber) cell.text += isXml ? data : data.replace(/\s+/g, ' ')
    },
    onclosetag(name) {
      const tag = local(name)
      if (isQuiet(tag)) quiet--
      if (tag === words.sheet) open.pop()
      if (!words.cell.includes(tag) || !cell) return
      open.at(-1)?.cell(tidy(cell.text), cell.index, cell.right, cell.down)
      cell = null
    },
  }, { xmlMode: isXml, decodeEntities: true })
  parser.end(text)
  if (tables.length === 0) throw new SheetError('not_a_spreadsheet')
  const hidden = isXml ? hiddenSheets(text) : []
  return tables.map((t, i) => bookSheet({ ...t.sheet, hidden: hidden[i] ?? false }))
}

/** Which worksheets say that they are not to be seen: `<Visible>SheetHidden</Visible>` in their options. */
function hiddenSheets(text: string): boolean[] {
  return text.split(/<(?:ss:)?Worksheet\b/i).slice(1).map(part => /<(?:x:)?Visible>\s*Sheet(?:Very)?Hidden/i.test(part))
}
