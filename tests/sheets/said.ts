import type { ImportKind, RowError } from '#domain/importRows.ts'
import type { ImportChoices, ImportPreview } from '#io/readImport.ts'
import { placeOfRow } from '#domain/importRows.ts'
import { fill } from '#i18n/keys.ts'
import zh from '#i18n/zh-CN/import.json' with { type: 'json' }
import { SheetError } from '#io/book/sheet.ts'
import { readImport } from '#io/readImport.ts'

/** A sheet that people really keep, and what is said of it, a line each, as a person reads it. */
export interface Malformed {
  name: string
  kind?: ImportKind
  /** how it is made, or its file among the fixtures */
  file: () => Uint8Array | Promise<Uint8Array>
  fileName?: string
  choices?: ImportChoices
  said: readonly string[]
}

const STATES: Record<string, string> = zh.sheets.state
const fieldOf = (kind: ImportKind) => (key: string): string =>
  (zh.fieldOf as Partial<Record<ImportKind, Record<string, string>>>)[kind]?.[key]
  ?? (zh.field as Record<string, string>)[key] ?? key
const value = (word: unknown): string =>
  word === null
    ? '∅'
    : Array.isArray(word) ? word.join(' ') : (zh.value as Record<string, string>)[String(word)] ?? String(word)

function where(preview: ImportPreview, row: number): string {
  const { sheet, line } = placeOfRow(row)
  return preview.sheets.length > 1 ? `${preview.sheets[sheet]!.name}!${line}` : `${line}`
}

function problem(preview: ImportPreview, e: RowError): string {
  const other = e.of === undefined ? '' : where(preview, e.of)
  const words = { field: fieldOf(preview.kind)(e.field), unit: e.unit ?? '', other }
  return `✗ ${where(preview, e.row)} ${fill(zh.error[e.code], words)}`
}

/**
 * ✓ a row that is imported · ✗ one that is not · ~ a cell that became something else · - a line left out ·
 * ? a column that is missing · # a column nobody knows · = a value from a title · ! why the file cannot be opened
 */
export async function said(sheet: Malformed): Promise<string[]> {
  const preview = await readImport(await sheet.file(), sheet.kind ?? 'responder', sheet.fileName, sheet.choices)
    .catch((error: unknown) => error)
  if (preview instanceof SheetError) return [`! ${zh.fileError[preview.code]}`]
  if (preview instanceof Error) throw preview
  const p = preview as ImportPreview
  const field = fieldOf(p.kind)
  const rows = p.rows.map((row) => {
    const shown = Object.entries(row).filter(([key]) => !['row', 'pinyin', 'initials'].includes(key))
    return `✓ ${where(p, row.row)} ${shown.map(([, said]) => value(said)).join(' ')}`
  })
  return [
    ...p.sheets.filter(s => s.state !== 'read').map(s => `- ${s.name} ${STATES[s.state]}`),
    ...p.missing.map(key => `? ${field(key)}`),
    ...p.ignored.map(id => `# ${id}`),
    ...p.proposals.map(({ field: key, value: said, title }) => `= ${field(key)} ${value(said)} (${title})`),
    ...rows,
    ...p.errors.map(e => problem(p, e)),
    ...p.odd.map(o =>
      `~ ${where(p, o.row)} ${field(o.field)} ${fill(zh.odd[o.code], { was: o.from, to: value(o.to) })}`),
    ...p.skipped.map(s => `- ${where(p, s.row)} ${zh.skipped.why[s.why]}`),
  ]
}
