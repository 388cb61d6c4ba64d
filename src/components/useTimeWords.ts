import type { ComputedRef } from 'vue'
import type { TimeWords } from '#domain/timeText.ts'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { timeWords } from '#domain/timeWords.ts'

/** The time words of the language now chosen, for the functions of `#domain/timeText.ts`. */
export function useTimeWords(): ComputedRef<TimeWords> {
  const { locale } = useI18n()
  return computed(() => timeWords(locale.value))
}
