import type { ResponderRow, RowError } from '#domain/importRows.ts'
import type { SheetErrorCode } from '#io/book/sheet.ts'
import type { Member, MemberList } from '#io/memberPaste.ts'
import type { ImportPreview } from '#io/readImport.ts'
import type { Sources } from '#io/sources.ts'
import { openFile, ReadFailure } from '../import/reader.ts'

/** A list of a unit's people that was read; `sheets`: the names of the sheets its line numbers count through. */
export interface ReadList extends MemberList { sheets: string[] }
/** Why a file is no such list; columns: it lacks one of names, or one of numbers. */
export type FileProblem = SheetErrorCode | 'columns'

/** What a list of people of any kind says in a column of its own, and a unit's does not. */
const SOURCES: Sources = { kind: { from: 'value', value: 'party_member_in_service' } }

/** Where somebody lives as the file says it: read as a building, else as it was written. */
function buildingOf(row: ResponderRow, { odd }: Pick<ImportPreview, 'odd'>): string {
  if (row.building) return [row.estate, row.building].filter(Boolean).join(' ')
  const written = odd.find(o => o.row === row.row && o.field === 'building')?.from
  return (written ?? row.estate ?? '').trim().slice(0, 100)
}

/** The people of a file that was read as a list of people. `problem`: a fault of a line in words. */
export function membersOf(
  preview: Pick<ImportPreview, 'rows' | 'errors' | 'odd' | 'sheets'>,
  problem: (error: RowError, sheets: readonly string[]) => string,
): ReadList {
  const sheets = preview.sheets.map(s => s.name)
  const members = (preview.rows as ResponderRow[]).map((row): Member => {
    const { row: line, name, phone, skills } = row
    return { line, name, phone, building: buildingOf(row, preview), skills: skills ?? [] }
  })
  const errors = preview.errors.map(e => ({ line: e.row, fault: 'sheet' as const, text: problem(e, sheets) }))
  return { members, errors, sheets }
}

/** Reads a file as a list of a unit's people: name, mobile number, and where they live if it says so. */
export async function readMemberFile(
  file: File, problem: (error: RowError, sheets: readonly string[]) => string,
): Promise<ReadList | FileProblem> {
  const open = await openFile(file).catch((cause: unknown): SheetErrorCode => {
    if (cause instanceof ReadFailure && cause.code !== null) return cause.code
    throw cause
  })
  if (typeof open === 'string') return open
  try {
    const preview = await open.preview('responder', { sources: SOURCES })
    return preview.missing.length > 0 ? 'columns' : membersOf(preview, problem)
  }
  finally {
    open.close()
  }
}
