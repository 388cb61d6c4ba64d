import type { zh } from './zh-CN/index.ts'
import { createI18n } from 'vue-i18n'
import { first } from './zh-CN/first.ts'

export type Language = 'zh-CN' | 'en'

/** The first page's words in zh-CN travel with it; `loadWords` fetches the others, `setLanguage` English. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': first } as unknown as Record<string, typeof zh>,
})

let words: Promise<void> | null = null
/** Fetches the words of every page but the first, once. Rejects if it cannot; the next call tries again. */
export async function loadWords(): Promise<void> {
  words ??= import('./zh-CN/rest.ts').then(({ rest }) => i18n.global.mergeLocaleMessage('zh-CN', rest))
  try { await words }
  catch (cause) {
    words = null
    throw cause
  }
}

/** Changes the language of the interface and of <html lang>. Rejects when the English file cannot be fetched. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { en } = await import('./en/index.ts')
    i18n.global.setLocaleMessage('en', en)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
