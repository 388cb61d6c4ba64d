import type { ImportKind } from '#domain/importRows.ts'
import type { BookSheet } from './book/sheet.ts'
import type { ImportChoices } from './readImport.ts'
import type { Column } from './table.ts'
import { placeOfRow } from '#domain/importRows.ts'
import en from '#i18n/en/template.json' with { type: 'json' }
import zh from '#i18n/zh-CN/template.json' with { type: 'json' }
import { MEND_HEADERS } from './fields.ts'
import { readTables } from './readImport.ts'

/** The reason beside a row, in words. */
export interface RowProblem { row: number, text: string }

/** A header as it stood in the file: without the number of a second one, empty where there was none. */
const headerOf = ({ id }: Column): string => id.replace(/ \(\d+\)$/, '').replace(/^\[[A-Z]+\]$/, '')

/**
 * The rows that were not imported as an .xlsx: their own cells, with the reason beside, ready to be mended and imported
 * again. Cells are text, so that nothing runs as a formula; columns never collected stay away.
 */
export async function writeMend(
  book: readonly BookSheet[], kind: ImportKind, fileName: string, choices: ImportChoices,
  problems: readonly RowProblem[], locale: 'zh-CN' | 'en',
): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre')
  const reasons = new Map<string, string[]>()
  for (const { row, text } of problems) {
    const { sheet, line } = placeOfRow(row)
    const key = `${sheet}|${line}`
    reasons.set(key, [...reasons.get(key) ?? [], text])
  }
  const sheets = readTables(book, kind, choices, fileName).all.flatMap(({ sheet, name, table }) => {
    const columns = table.columns.filter(c => c.kept && !MEND_HEADERS.test(c.id))
    const rows = table.body.filter(row => reasons.has(`${sheet}|${row.line}`)).map(row =>
      [...columns.map(c => row.cells[c.at] ?? ''), [...new Set(reasons.get(`${sheet}|${row.line}`))].join(' · ')])
    if (rows.length === 0) return []
    const problem = (locale === 'en' ? en : zh).problem
    const head = [...table.title.map(text => [text]), [...columns.map(headerOf), problem]]
    return [{
      name: name || 'Sheet1',
      columns: [...columns, null].map(column => ({ width: column ? 16 : 40, style: { numFmt: '@' } })),
      rows: [...head, ...rows],
      freezePane: { rows: head.length },
    }]
  })
  return writeXlsx({ sheets: sheets.length > 0 ? sheets : [{ name: 'Sheet1', rows: [] }] })
}
