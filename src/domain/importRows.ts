import type { OrgLevel, PartnerUnitKind, PartyOrgKind, PostKind, ResponderKind, SeatKind } from './words.ts'

/** What a list of a community's organisations can bring in; it may be that of a street or district, too. */
export const NEIGHBOUR_KINDS = ['partner_unit', 'party_org', 'seat'] as const
/** The things a spreadsheet can bring in; `p_kind` of `api.import_rows`. */
export const IMPORT_KINDS = ['division', 'building', 'post', 'responder', ...NEIGHBOUR_KINDS] as const
export type ImportKind = typeof IMPORT_KINDS[number]

/**
 * `row` = the number of the row in its import, from which `lineOfRow` finds the line of the file again. A key that is
 * absent had no column, or a cell that nobody could read: it changes nothing. null = the cell was empty.
 */
export interface DivisionRow { row: number, code: string, name: string, level: OrgLevel, parent_code: string | null }
export interface BuildingRow {
  row: number, estate: string, building: string, grid?: string | null, duty_line?: string | null
}
export interface PostRow {
  row: number, estate: string, building?: string | null, name: string, kind: PostKind
  setting?: 'indoor' | 'outdoor' | null, task?: string | null, kit?: string | null, contact?: string | null
  night_minimum?: number | null
}
export interface ResponderRow {
  row: number, name: string, phone: string, kind: ResponderKind, estate?: string | null, building?: string | null
  display_name?: string | null, public_display?: 'yes' | 'no' | null, skills?: string[] | null
  partner_unit?: string | null, party_org?: string | null, night?: 'yes' | 'no' | null
  pinyin: string, initials: string
}
/** `grid`: the grid, estate or building where it sits; `contact`: somebody on the list of people. */
export interface PartnerUnitRow {
  row: number, name: string, kind?: PartnerUnitKind | null, grid?: string | null, address?: string | null
  line?: string | null, contact?: string | null
}
/** `parent`: the one above, or the way down to it with / between the names. It has a place or a unit, not both. */
export interface PartyOrgRow {
  row: number, name: string, kind?: PartyOrgKind | null, parent?: string | null, place?: string | null
  unit?: string | null, secretary?: string | null, formed_on?: string | null
}
/** `name` = who holds the seat. */
export interface SeatRow {
  row: number, name: string, unit?: string | null, kind?: SeatKind | null, title?: string | null
  substitute?: string | null, until_on?: string | null
}
export interface ImportRows {
  division: DivisionRow, building: BuildingRow, post: PostRow, responder: ResponderRow, partner_unit: PartnerUnitRow
  party_org: PartyOrgRow, seat: SeatRow
}

/** Most lines of one sheet, most rows that one line may become (1-20栋 becomes 20), and most sheets of one file. */
export const IMPORT_LIMITS = { lines: 99_999, copies: 99, sheets: 200 }
const LINE_BASE = IMPORT_LIMITS.lines + 1
const SHEET_BASE = LINE_BASE * (IMPORT_LIMITS.copies + 1)

/** Where a row of an import stands: sheet from 0, line from 1 as the spreadsheet shows it, copy from 0. */
export interface RowPlace { sheet: number, line: number, copy: number }

/** The number of a row, alone in its import. In the first sheet it is the line. */
export function rowNumber(place: RowPlace): number {
  return place.sheet * SHEET_BASE + place.copy * LINE_BASE + place.line
}

/** Finds the place of a row again: { sheet: 1, line: 5, copy: 0 } for line 5 of the second sheet. */
export function placeOfRow(row: number): RowPlace {
  const inSheet = row % SHEET_BASE
  return { sheet: Math.floor(row / SHEET_BASE), line: inSheet % LINE_BASE, copy: Math.floor(inSheet / LINE_BASE) }
}

/** The number of the line a row was made from; rows of one line have it in common. */
export function lineOfRow(row: number): number {
  return rowNumber({ ...placeOfRow(row), copy: 0 })
}

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
  'error_cell',
  'open_quote',
  'bad_building',
  'bad_range',
  'other_grid',
  'estate_moved',
  'unknown_place',
  'unknown_person',
  'bad_day',
  'not_both',
  'too_many',
] as const
export type RowErrorCode = typeof ROW_ERROR_CODES[number]
/**
 * One field of one line that cannot be taken; never carries the value of the cell itself. `of`: the row it repeats;
 * `unit`: the grid that its estate lies in.
 */
export interface RowError { row: number, field: string, code: RowErrorCode, of?: number, unit?: string }

/**
 * What `api.import_rows` says of one row. unchanged with shared: the person has joined this record to their own, and
 * the list does not change it. error with other_grid: the estate lies in the grid `unit`; estate_moved: it lay in none,
 * and other buildings went along into the one of the row.
 */
export interface ImportRowResult {
  row: number, status: 'created' | 'updated' | 'unchanged' | 'error', code: RowErrorCode | null, field: string | null
  id: string | null, unit: string | null
}

/** Most rows one call may carry. */
const IMPORT_CHUNK = 500

/** Cuts rows into calls. */
export function importChunks<T>(rows: readonly T[], size = IMPORT_CHUNK): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
