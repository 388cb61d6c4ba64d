import type { ImportKind, ImportRows, ResponderRow, RowError } from '#domain/importRows.ts'
import type { PlainResponder } from './normalise/responder.ts'
import type { NormalResult } from './normalise/result.ts'
import type { Line, TableReading } from './table.ts'
import { FIELDS } from './fields.ts'
import { normaliseBuilding } from './normalise/building.ts'
import { normaliseDivision } from './normalise/division.ts'
import { normalisePost } from './normalise/post.ts'
import { normaliseResponder } from './normalise/responder.ts'
import { readSheets } from './sheet.ts'
import { headerScore, readTable } from './table.ts'
import { pinyinOf } from './text.ts'

/** A file as it would be imported: rows ready for `api.import_rows`, and all that was left out, with the reason. */
export interface ImportPreview<K extends ImportKind = ImportKind> {
  kind: K, sheet: string, rows: ImportRows[K][], errors: RowError[]
  missing: string[], dropped: string[], ignored: string[], skipped: number[]
}

async function withPinyin(plain: NormalResult<PlainResponder>): Promise<NormalResult<ResponderRow>> {
  const words = await pinyinOf(plain.rows.map(r => r.name))
  return { ...plain, rows: plain.rows.map((row, i) => ({ ...row, pinyin: '', initials: '', ...words[i] })) }
}

const NORMALISE: {
  [K in ImportKind]: (lines: readonly Line[]) => NormalResult<ImportRows[K]> | Promise<NormalResult<ImportRows[K]>>
} = {
  division: normaliseDivision,
  building: normaliseBuilding,
  post: normalisePost,
  responder: lines => withPinyin(normaliseResponder(lines)),
}

/** Lines whose required column does not exist cannot be judged one by one: the file is told once, through `missing`. */
function usable(table: TableReading): readonly Line[] {
  return table.missing.length > 0 ? [] : table.lines
}

/** Reads .xlsx, .xls or .csv bytes for one kind, from the sheet that fits it best. Throws SheetError. */
export async function readImport<K extends ImportKind>(bytes: Uint8Array, kind: K): Promise<ImportPreview<K>> {
  const sheets = await readSheets(bytes)
  const ranked = sheets.map(s => ({ s, score: headerScore(s.rows, FIELDS[kind]) })).sort((a, b) => b.score - a.score)
  const sheet = ranked[0]?.s ?? { name: '', rows: [] }
  const { lines, ...rest } = readTable(sheet.rows, FIELDS[kind])
  const { rows, errors } = await NORMALISE[kind](usable({ lines, ...rest }))
  return { kind, sheet: sheet.name, rows, errors, ...rest }
}
