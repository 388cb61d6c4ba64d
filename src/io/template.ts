import type { DataValidation } from 'hucre'
import type { ImportKind } from '#domain/importRows.ts'
import type { Field } from './fields.ts'
import en from '#i18n/en/template.json' with { type: 'json' }

import zh from '#i18n/zh-CN/template.json' with { type: 'json' }
import { FIELDS } from './fields.ts'
import { plainSheet } from './plainSheet.ts'
import { columnName } from './table.ts'

export type TemplateLocale = 'zh-CN' | 'en'

/** Words of the templates by language. An example line starts with the mark the reader leaves out. */
export interface TemplateText {
  sheet: Record<ImportKind, string>
  example: Record<ImportKind, Record<string, string>>
  lists: Record<string, readonly string[]>
  pick: string
  /** the hidden sheet of the words that a community has */
  known: string
  problem: string
}

const TEMPLATE_TEXT: Record<TemplateLocale, TemplateText> = { 'zh-CN': zh, en }

const LAST_ROW = 2000
/** Columns a spreadsheet would spoil as numbers. */
const AS_TEXT = new Set([
  'phone', 'code', 'parent_code', 'duty_line', 'building', 'line', 'place', 'formed_on', 'until_on',
])

/** The header a template shows: the first Chinese synonym, or the English one, which stands last. */
function header(field: Field, locale: TemplateLocale): string {
  return (locale === 'en' ? field.headers.findLast(h => /^[a-z]+$/.test(h)) : undefined) ?? field.headers[0]
    ?? field.key
}

/**
 * An .xlsx template: dropdowns, text columns for numbers, a frozen header, one example that the import leaves out.
 * @param kind what is imported
 * @param locale the language of headers and words
 * @param known words that a field offers besides, by field: the community's estates, buildings, units; from a hidden
 * sheet, since there may be many, and another word may be typed
 */
export async function writeTemplate(
  kind: ImportKind, locale: TemplateLocale, known: Readonly<Record<string, readonly string[]>> = {},
): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre')
  const text = TEMPLATE_TEXT[locale]
  const fields = FIELDS[kind]
  const offered = fields.filter(({ key }) => known[key]?.length && !text.lists[`${kind}.${key}`])
  const dataValidations = fields.flatMap((field, i): DataValidation[] => {
    const values = text.lists[`${kind}.${field.key}`]
    const list = { type: 'list' as const, allowBlank: true, range: `${columnName(i)}2:${columnName(i)}${LAST_ROW}` }
    if (values) return [{ ...list, values: [...values], showErrorMessage: true, errorMessage: text.pick }]
    const at = columnName(offered.indexOf(field))
    const n = known[field.key]?.length ?? 0
    return n > 0 ? [{ ...list, formula1: `'${text.known}'!$${at}$2:$${at}$${n + 1}`, showErrorMessage: false }] : []
  })
  const columns = fields.map(field => ({
    key: field.key, header: header(field, locale) + (field.required ? '*' : ''), width: 18,
    ...(AS_TEXT.has(field.key) ? { style: { numFmt: '@' } } : {}),
  }))
  const lists = {
    name: text.known,
    head: [offered.map(field => header(field, locale))],
    rows: Array.from({ length: Math.max(0, ...offered.map(({ key }) => known[key]!.length)) }, (_, row) =>
      offered.map(({ key }) => known[key]![row] ?? '')),
    widths: offered.map(() => 20),
    hidden: true,
  }
  return writeXlsx({
    sheets: [
      {
        name: text.sheet[kind],
        columns,
        data: [{ ...text.example[kind] }],
        freezePane: { rows: 1 },
        dataValidations,
      },
      ...offered.length > 0 ? [plainSheet(lists)] : [],
    ],
  })
}
