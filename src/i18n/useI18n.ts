import type { WritableComputedRef } from 'vue'
import { useI18n as useVueI18n } from 'vue-i18n'

/** Says a key in the language now chosen; `named` fills its placeholders. */
export type Say = (key: string, named?: Record<string, unknown>) => string
export interface Words {
  t: Say
  /** does this release know the key? */
  te: (key: string) => boolean
  /** the sentences of a list */
  list: (key: string) => string[]
  /** the language now chosen */
  locale: WritableComputedRef<string>
}

/** The words of the interface in a component's setup: the only way to vue-i18n. */
export function useI18n(): Words {
  const { t, te, tm, rt, locale } = useVueI18n()
  return {
    t: (key, named) => named ? t(key, named) : t(key),
    te: key => te(key),
    list: key => (tm(key) as string[]).map(line => rt(line)),
    locale,
  }
}
