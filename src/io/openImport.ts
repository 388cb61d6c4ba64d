import type { ImportKind } from '#domain/importRows.ts'
import type { BookSheet } from './book/sheet.ts'
import type { RowProblem } from './mend.ts'
import type { ImportChoices, ImportPreview, Told } from './readImport.ts'
import type { RosterReading } from './rosterSheet.ts'
import { readBook } from './book/book.ts'
import { writeMend } from './mend.ts'
import { previewBook } from './readImport.ts'
import { readRosterSheet } from './rosterSheet.ts'

/** A file that is open: read as often as somebody chooses otherwise. */
export interface OpenImport {
  /** the same file as a duty roster; `near` says which month is meant where it does not (YYYY-MM-DD) */
  roster: (near: string) => Promise<RosterReading>
  preview: (kind: ImportKind, choices: ImportChoices, told?: Told) => Promise<ImportPreview>
  /** the rows of these problems as an .xlsx to mend */
  mend: (
    kind: ImportKind, choices: ImportChoices, problems: RowProblem[], locale: 'zh-CN' | 'en',
  ) => Promise<Uint8Array>
}

/** Opens a file by its content. Throws SheetError. */
export async function openImport(bytes: Uint8Array, fileName: string): Promise<OpenImport> {
  const book: readonly BookSheet[] = await readBook(bytes)
  return {
    roster: async near => readRosterSheet(book, near),
    preview: (kind, choices, told) => previewBook(book, kind, fileName, choices, told),
    mend: (kind, choices, problems, locale) => writeMend(book, kind, fileName, choices, problems, locale),
  }
}
