import type { OrgLevel, PostKind, ResponderKind } from './words.ts'

/** The four things a spreadsheet can bring in; `p_kind` of `api.import_rows`. */
export const IMPORT_KINDS = ['division', 'building', 'post', 'responder'] as const
export type ImportKind = typeof IMPORT_KINDS[number]

/** `row` = line of the file, from 1, so that a person finds it again. */
export interface DivisionRow { row: number, code: string, name: string, level: OrgLevel, parent_code: string | null }
export interface BuildingRow { row: number, estate: string, building: string, grid?: string, duty_line?: string }
export interface PostRow {
  row: number, estate: string, building?: string, name: string, kind: PostKind, setting?: 'indoor' | 'outdoor'
  task?: string, kit?: string, contact?: string, night_minimum?: number
}
export interface ResponderRow {
  row: number, name: string, phone: string, kind: ResponderKind, estate?: string, building?: string
  display_name?: string
  public_display?: 'yes' | 'no', skills?: string[], partner_unit?: string, party_org?: string, night?: 'yes' | 'no'
  pinyin: string, initials: string
}
export interface ImportRows { division: DivisionRow, building: BuildingRow, post: PostRow, responder: ResponderRow }

export const ROW_ERROR_CODES = [
  'missing',
  'bad_phone',
  'bad_kind',
  'bad_code',
  'unknown_parent',
  'unknown_building',
  'unknown_estate',
  'duplicate_in_file',
  'too_long',
  'conflict',
  'shared',
] as const
export type RowErrorCode = typeof ROW_ERROR_CODES[number]
/** One field of one line that cannot be taken; never carries the value itself. */
export interface RowError { row: number, field: string, code: RowErrorCode }

/**
 * What `api.import_rows` says of one row. unchanged with shared: the person has joined this record to their own, and
 * the list does not change it.
 */
export interface ImportRowResult {
  row: number, status: 'created' | 'updated' | 'unchanged' | 'error', code: RowErrorCode | null, field: string | null
  id: string | null
}

/** Most rows one call may carry. */
export const IMPORT_CHUNK = 500

/** Cuts rows into calls. */
export function importChunks<T>(rows: readonly T[], size = IMPORT_CHUNK): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
