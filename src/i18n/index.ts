import { createI18n } from 'vue-i18n'
import { zh } from './zh-CN/index.ts'

export type Language = 'zh-CN' | 'en'

/** zh-CN travels with the first route; English is fetched when it is asked for. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as Record<string, typeof zh>,
})

/** Changes the language of the interface and of <html lang>. Rejects when the English file cannot be fetched. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { en } = await import('./en/index.ts')
    i18n.global.setLocaleMessage('en', en)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
