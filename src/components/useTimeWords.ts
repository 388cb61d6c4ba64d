import type { ComputedRef } from 'vue'
import type { TimeWords } from '#domain/timeText.ts'
import { computed } from 'vue'
import { timeWords } from '#i18n/timeWords.ts'
import { useI18n } from '#i18n/useI18n.ts'

/** The time words of the language now chosen, for the functions of `#domain/timeText.ts`. */
export function useTimeWords(): ComputedRef<TimeWords> {
  const { locale } = useI18n()
  return computed(() => timeWords(locale.value))
}
