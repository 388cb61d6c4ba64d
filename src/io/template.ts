import type { ImportKind } from '#domain/importRows.ts'
import type { Field } from './fields.ts'
import en from '#i18n/en/template.json' with { type: 'json' }

import zh from '#i18n/zh-CN/template.json' with { type: 'json' }
import { FIELDS } from './fields.ts'
import { columnName } from './table.ts'

export type TemplateLocale = 'zh-CN' | 'en'

/** Words of the templates by language. An example line starts with the mark the reader leaves out. */
export interface TemplateText {
  sheet: Record<ImportKind, string>
  example: Record<ImportKind, Record<string, string>>
  lists: Record<string, readonly string[]>
  pick: string
  problem: string
}

export const TEMPLATE_TEXT: Record<TemplateLocale, TemplateText> = { 'zh-CN': zh, en }

const LAST_ROW = 2000
/** Columns a spreadsheet would spoil as numbers. */
const AS_TEXT = new Set(['phone', 'code', 'parent_code', 'duty_line', 'building'])

/** The header a template shows: the first Chinese synonym, or the English one, which stands last. */
function header(field: Field, locale: TemplateLocale): string {
  return (locale === 'en' ? field.headers.findLast(h => /^[a-z]+$/.test(h)) : undefined) ?? field.headers[0]
    ?? field.key
}

/** An .xlsx template: dropdowns, text columns for numbers, a frozen header, one example that the import leaves out. */
export async function writeTemplate(kind: ImportKind, locale: TemplateLocale): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre')
  const text = TEMPLATE_TEXT[locale]
  const fields = FIELDS[kind]
  const dataValidations = fields.flatMap((field, i) => {
    const values = text.lists[`${kind}.${field.key}`]
    return values
      ? [{
          type: 'list' as const,
          values: [...values],
          allowBlank: true,
          showErrorMessage: true,
          errorMessage: text.pick,
          range: `${columnName(i)}2:${columnName(i)}${LAST_ROW}`,
        }]
      : []
  })
  const columns = fields.map(field => ({
    key: field.key, header: header(field, locale) + (field.required ? '*' : ''), width: 18,
    ...(AS_TEXT.has(field.key) ? { style: { numFmt: '@' } } : {}),
  }))
  return writeXlsx({
    sheets: [{
      name: text.sheet[kind],
      columns,
      data: [{ ...text.example[kind] }],
      freezePane: { rows: 1 },
      dataValidations,
    }],
  })
}
