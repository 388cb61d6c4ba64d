import type { ImportKind } from '#domain/importRows.ts'
import type { Line, Table } from './table.ts'
import { rowNumber } from '#domain/importRows.ts'
import { FIELDS, MEND_HEADERS } from './fields.ts'
import { kindOfTitle } from './normalise/responderKind.ts'
import { wordKey } from './text.ts'

/** Where the cells of a field come from: a column, one value for all rows, the name of the sheet, or nowhere. */
export type Source =
  | { from: 'column', column: string }
  | { from: 'value', value: string }
  | { from: 'sheet' }
  | { from: 'none' }

/** By field; a field that is not named takes the column that the program knows. */
export type Sources = Readonly<Record<string, Source>>

/** A value that a title names, because the list has no column for it: 身份 of a 下沉干部花名册. */
export interface Proposal { field: string, value: string, title: string }

/** A sheet taken apart, with its number in the book and its name. */
export interface NumberedTable { sheet: number, name: string, table: Table }

/** What the title of a sheet, its name or the name of the file says of a field without a column; null if nothing. */
export function proposalOf(kind: ImportKind, { name, table }: NumberedTable, fileName: string): Proposal | null {
  if (kind !== 'responder' || table.known.has('kind')) return null
  for (const title of [...table.title, name, fileName.replace(/\.[a-z]+$/i, '')]) {
    const value = kindOfTitle(title)
    if (value !== null) return { field: 'kind', value, title }
  }
  return null
}

/** Where each field of a sheet comes from, by choice, by its header, or by a title. */
export function sourcesOf(
  kind: ImportKind, numbered: NumberedTable, chosen: Sources, fileName: string,
): { sources: Map<string, Source>, proposal: Proposal | null } {
  const sources = new Map<string, Source>()
  let proposal: Proposal | null = null
  const { table } = numbered
  for (const { key } of FIELDS[kind]) {
    const choice = chosen[key]
    const known = table.known.get(key)
    const ids = new Set(table.columns.filter(c => c.kept).map(c => c.id))
    const isUsable = choice && !(choice.from === 'column' && !ids.has(choice.column))
    if (isUsable) sources.set(key, choice)
    else if (known?.kept) sources.set(key, { from: 'column', column: known.id })
    if (!isUsable && !known && key === 'kind') {
      proposal = proposalOf(kind, numbered, fileName)
      if (proposal) sources.set(key, { from: 'value', value: proposal.value })
    }
  }
  return { sources, proposal }
}

/** The lines of a sheet by field; a field from nowhere has no key. */
export function linesOf({ sheet, name, table }: NumberedTable, sources: ReadonlyMap<string, Source>): Line[] {
  const at = new Map(table.columns.map(c => [c.id, c.at]))
  const cellOf = (source: Source, cells: readonly string[]): string | undefined => {
    switch (source.from) {
      case 'column': return cells[at.get(source.column) ?? -1] ?? ''
      case 'value': return source.value
      case 'sheet': return name
      case 'none': return undefined
    }
  }
  const heads = Object.fromEntries([...sources].flatMap(([key, s]) => s.from === 'column' ? [[key, s.column]] : []))
  return table.body.map((row) => {
    const found = [...sources].map(([key, source]) => [key, cellOf(source, row.cells)] as const)
    const cells = Object.fromEntries(found.filter(([, cell]) => cell !== undefined)) as Record<string, string>
    return { row: rowNumber({ sheet, line: row.line, copy: 0 }), cells, heads, broken: row.broken }
  })
}

/** The shape of a file: what is imported, and the headers of its sheets in any order. A mapping is kept by it. */
export function shapeOf(kind: ImportKind, tables: readonly NumberedTable[]): string {
  const ids = tables.flatMap(({ table }) => table.columns.map(c => c.id)).filter(id => !MEND_HEADERS.test(id))
  const headers = new Set(ids.map(wordKey).filter(Boolean))
  return [kind, ...[...headers].sort()].join('|')
}
