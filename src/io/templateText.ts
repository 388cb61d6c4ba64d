import type { ImportKind } from '#domain/importRows.ts'
import en from '#i18n/en/template.json' with { type: 'json' }
import zh from '#i18n/zh-CN/template.json' with { type: 'json' }

export type TemplateLocale = 'zh-CN' | 'en'

/** Words of the templates by language. An example line starts with the mark the reader leaves out. */
export interface TemplateText {
  sheet: Record<ImportKind, string>
  example: Record<ImportKind, Record<string, string>>
  lists: Record<string, readonly string[]>
  pick: string
}

export const TEMPLATE_TEXT: Record<TemplateLocale, TemplateText> = { 'zh-CN': zh, en }
