import type { ImportKind, ImportRows, ResponderRow, RowError } from '#domain/importRows.ts'
import type { BookSheet } from './book/sheet.ts'
import type { PlainResponder } from './normalise/responder.ts'
import type { NormalResult, OddCell } from './normalise/result.ts'
import type { NumberedTable, Proposal, Source, Sources } from './sources.ts'
import type { Line, SkipReason } from './table.ts'
import { lineOfRow, rowNumber } from '#domain/importRows.ts'
import { readBook } from './book/book.ts'
import { FIELDS } from './fields.ts'
import { normaliseBuilding } from './normalise/building.ts'
import { normaliseDivision } from './normalise/division.ts'
import { normalisePartnerUnit, normalisePartyOrg, normaliseSeat } from './normalise/neighbours.ts'
import { normalisePost } from './normalise/post.ts'
import { normaliseResponder } from './normalise/responder.ts'
import { linesOf, proposalOf, shapeOf, sourcesOf } from './sources.ts'
import { readTable, unknownColumns } from './table.ts'
import { cellText, pinyinOf } from './text.ts'

/** What a person chose over what the program would: sheets by number, hidden rows too, where fields come from. */
export interface ImportChoices { sheets?: readonly number[], hiddenRows?: boolean, sources?: Sources }

/** Why a sheet is read, or is not. */
export type SheetState = 'read' | 'hidden' | 'empty' | 'no_header' | 'incomplete' | 'left_out'
export interface SheetReport { sheet: number, name: string, title: string, lines: number, state: SheetState }

/** A file as it would be imported: rows ready for `api.import_rows`, and all that was left out, with the reason. */
export interface ImportPreview<K extends ImportKind = ImportKind> {
  kind: K
  shape: string
  sheets: SheetReport[]
  rows: ImportRows[K][]
  errors: RowError[]
  /** cells that became something else, or nothing */
  odd: OddCell[]
  skipped: { row: number, why: SkipReason, text: string }[]
  /** required fields that come from nowhere */
  missing: string[]
  /** headers never collected (national ID …) */
  dropped: string[]
  /** headers this program does not know and nobody mapped */
  ignored: string[]
  /** columns that may be mapped, each with one of its cells */
  columns: { id: string, sample: string }[]
  sources: Record<string, Source>
  proposals: Proposal[]
  /** the cells of lines with an error, by field */
  failed: { row: number, cells: Record<string, string> }[]
  /** how many rows have an empty cell, by field */
  empty: Record<string, number>
}

async function withPinyin(plain: NormalResult<PlainResponder>): Promise<NormalResult<ResponderRow>> {
  const words = await pinyinOf(plain.rows.map(r => r.name))
  return { ...plain, rows: plain.rows.map((row, i) => ({ ...row, pinyin: '', initials: '', ...words[i] })) }
}

const NORMALISE: {
  [K in ImportKind]: (lines: Iterable<Line>) => NormalResult<ImportRows[K]> | Promise<NormalResult<ImportRows[K]>>
} = {
  division: normaliseDivision,
  building: normaliseBuilding,
  post: normalisePost,
  responder: lines => withPinyin(normaliseResponder(lines)),
  partner_unit: normalisePartnerUnit,
  party_org: normalisePartyOrg,
  seat: normaliseSeat,
}

/** Every sheet of a book taken apart, with what may be read of it without asking. */
export function readTables(
  book: readonly BookSheet[], kind: ImportKind, choices: ImportChoices, fileName: string,
): { all: NumberedTable[], states: SheetState[] } {
  const all = book.map(({ name, rows }, sheet) =>
    ({ sheet, name, table: readTable(rows, FIELDS[kind], choices.hiddenRows) }))
  const needed = FIELDS[kind].filter(f => f.required).map(f => f.key)
  const fits = all.map(t => t.table.known.size >= Math.min(2, needed.length))
  const lacks = all.map((t) => {
    const proposed = proposalOf(kind, t, fileName)?.field
    return needed.filter(key => !t.table.known.has(key) && key !== proposed)
  })
  const isWhole = (i: number): boolean => fits[i]! && lacks[i]!.length === 0
  const someWhole = all.some((_, i) => isWhole(i) && !book[i]!.hidden)
  const someFit = all.some((_, i) => fits[i] && !book[i]!.hidden)
  const first = all.findIndex((t, i) => !book[i]!.hidden && t.table.body.length > 0)
  const states = all.map((_, i): SheetState => {
    if (choices.sheets) return choices.sheets.includes(i) ? 'read' : 'left_out'
    if (book[i]!.rows.length === 0) return 'empty'
    if (book[i]!.hidden) return 'hidden'
    if (!someFit) return i === first ? 'read' : 'no_header'
    if (!fits[i]) return 'no_header'
    return someWhole && !isWhole(i) ? 'incomplete' : 'read'
  })
  return { all, states }
}

/** Counts the empty cells of rows, by field. */
function emptyCells(rows: readonly object[]): Record<string, number> {
  const out: Record<string, number> = {}
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      if (value === null) out[key] = (out[key] ?? 0) + 1
    }
  }
  return out
}

const unique = (words: readonly string[]): string[] => [...new Set(words)]

/** Hears how many lines of a file have been read, of how many. */
export type Told = (done: number, total: number) => void
const EVERY = 250

/** The lines, one by one, while somebody hears how far they are. */
function* counted(lines: readonly Line[], told: Told | undefined): Generator<Line> {
  for (const [i, line] of lines.entries()) {
    if (i % EVERY === 0) told?.(i, lines.length)
    yield line
  }
  told?.(lines.length, lines.length)
}

/** Reads an opened book for one kind, as the program would or as somebody chose. */
export async function previewBook<K extends ImportKind>(
  book: readonly BookSheet[], kind: K, fileName: string, choices: ImportChoices = {}, told?: Told,
): Promise<ImportPreview<K>> {
  const { all, states } = readTables(book, kind, choices, fileName)
  const read = all.filter((_, i) => states[i] === 'read')
  const needed = FIELDS[kind].filter(f => f.required).map(f => f.key)
  const found = read.map(t => ({ t, ...sourcesOf(kind, t, choices.sources ?? {}, fileName) }))
  const comesFrom = (key: string, sources: ReadonlyMap<string, Source>): boolean =>
    (sources.get(key)?.from ?? 'none') !== 'none'
  const isWhole = (sources: ReadonlyMap<string, Source>): boolean => needed.every(key => comesFrom(key, sources))
  const lines = found.flatMap(({ t, sources }) => isWhole(sources) ? linesOf(t, sources) : [])
  const { rows, errors, odd } = await NORMALISE[kind](counted(lines, told))
  const wrong = new Set(errors.map(e => lineOfRow(e.row)))
  const used = new Set(found.flatMap(f => [...f.sources.values()].map(s => s.from === 'column' ? s.column : '')))
  const columns = read.flatMap(t => t.table.columns)
  const kept = columns.filter(c => c.kept)
  return {
    kind,
    shape: shapeOf(kind, read),
    sheets: all.map(({ sheet, name, table }, i) =>
      ({ sheet, name, title: table.title.join(' '), lines: table.body.length, state: states[i]! })),
    rows,
    errors,
    odd,
    skipped: read.flatMap(t => t.table.skipped.map(({ line, why, text }) =>
      ({ row: rowNumber({ sheet: t.sheet, line, copy: 0 }), why, text }))),
    missing: read.length === 0 ? needed : needed.filter(key => found.some(f => !comesFrom(key, f.sources))),
    dropped: unique(columns.filter(c => !c.kept).map(c => cellText(c.id))),
    ignored: unique(read.flatMap(t => unknownColumns(t.table)).map(c => c.id)).filter(id => !used.has(id)),
    columns: unique(kept.map(c => c.id)).map(id =>
      ({ id, sample: kept.find(c => c.id === id && c.sample)?.sample ?? '' })),
    sources: Object.fromEntries(found.flatMap(f => [...f.sources])),
    proposals: found.flatMap(f => f.proposal ?? []),
    failed: lines.filter(line => wrong.has(line.row)).map(({ row, cells }) => ({ row, cells })),
    empty: emptyCells(rows),
  }
}

/** Opens .xlsx, .xls, .csv, a web page or a workbook in XML, and reads it for one kind. Throws SheetError. */
export async function readImport<K extends ImportKind>(
  bytes: Uint8Array, kind: K, fileName = '', choices: ImportChoices = {},
): Promise<ImportPreview<K>> {
  return previewBook(await readBook(bytes), kind, fileName, choices)
}
