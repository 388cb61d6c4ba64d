import type { ComputedRef, WritableComputedRef } from 'vue'
import type { TimeWords } from '#domain/timeText.ts'
import type { Key, ListKey, Say } from './keys.ts'
import type { Setback } from './known.ts'
import { computed } from 'vue'
import { useI18n as useVueI18n } from 'vue-i18n'
import { setbackKey } from './known.ts'
import { timeWords } from './timeWords.ts'

export interface Words {
  t: Say
  /** whether this release knows the key; for a word that a newer server may send */
  te: (key: string) => key is Key
  /** the sentences of a list */
  list: (key: ListKey) => string[]
  /** the language now chosen */
  locale: WritableComputedRef<string>
}

/** The words of the interface in a component's setup: vue-i18n, with keys the compiler checks. The only way to it. */
export function useI18n(): Words {
  const { t, te, tm, rt, locale } = useVueI18n()
  return {
    t: (key, named) => named ? t(key, named) : t(key),
    te: (key): key is Key => te(key),
    list: key => (tm(key) as string[]).map(line => rt(line)),
    locale,
  }
}

/** The time words of the language now chosen, for the functions of `#domain/timeText.ts`. */
export function useTimeWords(): ComputedRef<TimeWords> {
  const { locale } = useVueI18n()
  return computed(() => timeWords(locale.value))
}

/** What an online-only action answered instead of success, and what to do next, in words. */
export function useSetbackText(): (setback: Setback) => string {
  const { t } = useI18n()
  return (setback) => {
    const key = setbackKey(setback)
    return `${t(`${key}.text`)} ${t(`${key}.next`)}`
  }
}
