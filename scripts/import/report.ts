import type { ImportRowResult, RowError, RowErrorCode } from '#domain/importRows.ts'
import type { OddCode } from '#io/normalise/result.ts'
import type { ImportPreview, SheetState } from '#io/readImport.ts'
import type { SkipReason } from '#io/table.ts'
import { placeOfRow } from '#domain/importRows.ts'
import { maskPhone } from '#domain/mask.ts'

const WORDS: Record<RowErrorCode, string> = {
  missing: 'is missing',
  bad_phone: 'is no mobile number',
  bad_kind: 'is none of the known kinds',
  bad_code: 'cannot be read',
  unknown_parent: 'names no known division',
  unknown_building: 'names no known building',
  unknown_estate: 'names no known estate',
  duplicate_in_file: 'stands in the file twice',
  too_long: 'is too long',
  conflict: 'belongs to somebody else already',
  shared: 'belongs to a person who joined the record to their own',
  error_cell: 'holds the error of a formula',
  open_quote: 'begins with a quotation mark that never closes',
  bad_building: 'names no single building',
  bad_range: 'is no range of buildings',
  other_grid: 'lies in another grid already',
  estate_moved: 'took the estate, and its other buildings, into a grid',
  unknown_place: 'names no known grid, estate or building',
  unknown_person: 'names nobody on the list of people, or several',
  bad_day: 'is no day that can be',
  not_both: 'cannot stand beside a unit',
  too_many: 'is one too many here',
}
const SHEETS: Record<SheetState, string> = {
  read: 'read',
  hidden: 'hidden, left out',
  empty: 'empty',
  no_header: 'no known header, left out',
  incomplete: 'lacks columns that another sheet has, left out',
  left_out: 'left out by --sheet',
}
const SKIPS: Record<SkipReason, string> = {
  total: 'a total',
  note: 'a note',
  header: 'a repeated header',
  hidden: 'a hidden row',
  blank: 'nothing in a known column',
}
const ODD: Record<OddCode, (was: string, to: string) => string> = {
  read_as: (was, to) => `${was} → ${to}`,
  error_cell: was => `${was} is the error of a formula; the cell is left out`,
  not_understood: was => `"${was}" is not understood; the cell is left out`,
  no_building: was => `"${was}" names no single building; this person is not asked first for their own building`,
  no_estate: was => `"${was}" names no estate; the building is left out`,
  first_number: (was, to) => `${was} → only ${to}`,
  number_cut: (was, to) => `${was} → ${to}, number removed`,
  list_cut: (_, to) => `too long, kept ${to}`,
}
const SHOWN = 50

/** 'line 5', or 'sheet 第二网格, line 5' of a file of several sheets. */
function where(row: number, sheets: readonly string[]): string {
  const { sheet, line } = placeOfRow(row)
  return sheets.length > 1 ? `sheet ${sheets[sheet] || sheet + 1}, line ${line}` : `line ${line}`
}

function listed(lines: readonly string[]): string[] {
  return lines.length > SHOWN ? [...lines.slice(0, SHOWN), `  … and ${lines.length - SHOWN} more`] : [...lines]
}

/** Why one row is not imported, in words. */
export function problemWords(error: Omit<RowError, 'row'>, sheets: readonly string[]): string {
  const more = error.of !== undefined ? ` (${where(error.of, sheets)})` : error.unit ? ` (${error.unit})` : ''
  return `${error.field || 'the row'} ${WORDS[error.code]}${more}`
}

/** Lines that say what the file holds and what was made of it, before anything is sent. */
export function describePreview(preview: ImportPreview): string[] {
  const { rows, errors, missing, dropped, ignored, skipped, odd, proposals } = preview
  const names = preview.sheets.map(s => s.name)
  const sheets = names.length < 2
    ? []
    : preview.sheets.map(s =>
        `Sheet ${s.name || s.sheet + 1}: ${s.lines} lines, ${SHEETS[s.state]}.`)
  return [
    ...sheets,
    `${rows.length} good rows, ${errors.length} problems, ${skipped.length} lines left out.`,
    ...(missing.length > 0 ? [`Missing columns: ${missing.join(', ')}. Give them with --map or --set.`] : []),
    ...(dropped.length > 0 ? [`Never collected, so left out: ${dropped.join(', ')}.`] : []),
    ...(ignored.length > 0 ? [`Not known, so left out: ${ignored.join(', ')}.`] : []),
    ...proposals.map(p => `${p.field} is ${p.value} for all rows, by the title "${p.title}".`),
    ...listed(errors.map(e => `  ${where(e.row, names)}: ${problemWords(e, names)}`)),
    ...listed(skipped.map(s => `  ${where(s.row, names)}: left out, ${SKIPS[s.why]}`)),
    ...listed(odd.map(o => `  ${where(o.row, names)}: ${o.field} ${maskNumbers(ODD[o.code](o.from, o.to ?? ''))}`)),
  ]
}

/** Phone numbers stay off a screen that others may see. */
function maskNumbers(text: string): string {
  return text.replace(/\d(?:[\s-]?\d){6,}/g, maskPhone)
}

/** Lines that say what the server did with the rows. */
export function describeResults(results: readonly ImportRowResult[], sheets: readonly string[] = []): string[] {
  const count = (status: ImportRowResult['status']) => results.filter(r => r.status === status).length
  const [created, updated, unchanged] = [count('created'), count('updated'), count('unchanged')]
  const errors = results.filter(r => r.status === 'error')
  return [
    `Imported: ${created} new, ${updated} updated, ${unchanged} unchanged, ${errors.length} refused.`,
    ...listed(errors.map(({ row, field, code }) =>
      `  ${where(row, sheets)}: ${code ? problemWords({ field: field ?? '', code }, sheets) : 'was not imported'}`)),
  ]
}
