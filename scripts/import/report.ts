import type { ImportRowResult, RowErrorCode } from '#domain/importRows.ts'
import type { ImportPreview } from '#io/readImport.ts'

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
  bad_number: 'is no number',
  other_grid: 'lies in another grid already',
}
const SHOWN = 50

function errorLines(errors: readonly { row: number, field: string | null, code: RowErrorCode | null }[]): string[] {
  const lines = errors.slice(0, SHOWN).map(({ row, field, code }) =>
    `  line ${row}: ${field ?? 'the row'} ${code ? WORDS[code] : 'was not imported'}`,
  )
  return errors.length > SHOWN ? [...lines, `  … and ${errors.length - SHOWN} more`] : lines
}

/** Lines that say what the file holds, before anything is sent. */
export function describePreview(preview: ImportPreview): string[] {
  const { rows, errors, missing, dropped, ignored, skipped } = preview
  const leftOut = skipped.length > 0 ? `, ${skipped.length} of totals or notes left out` : ''
  return [
    `${rows.length} good rows, ${errors.length} problems${leftOut}.`,
    ...(missing.length > 0 ? [`These columns were not found: ${missing.join(', ')}.`] : []),
    ...(dropped.length > 0 ? [`Never collected, so left out: ${dropped.join(', ')}.`] : []),
    ...(ignored.length > 0 ? [`Not known, so left out: ${ignored.join(', ')}.`] : []),
    ...errorLines(errors),
  ]
}

/** Lines that say what the server did with the rows. */
export function describeResults(results: readonly ImportRowResult[]): string[] {
  const count = (status: ImportRowResult['status']) => results.filter(r => r.status === status).length
  const [created, updated, unchanged] = [count('created'), count('updated'), count('unchanged')]
  const errors = results.filter(r => r.status === 'error')
  return [
    `Imported: ${created} new, ${updated} updated, ${unchanged} unchanged, ${errors.length} refused.`,
    ...errorLines(errors),
  ]
}
