import en from '#i18n/en/worker.json' with { type: 'json' }
import zh from '#i18n/zh-CN/worker.json' with { type: 'json' }

/** What the service worker says by itself; zh-CN for any language but English. */
export function workerWords(lang: string): typeof zh {
  return lang === 'en' ? en : zh
}
