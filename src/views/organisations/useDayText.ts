import { atShanghai } from '#domain/time.ts'
import { plainDate } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

/** Says a day (YYYY-MM-DD) with its year: posts and terms last for years. */
export function useDayText(): (day: string) => string {
  const { t } = useI18n()
  const words = useTimeWords()
  return day => t('organisation.day', { y: day.slice(0, 4), date: plainDate(atShanghai(day), words.value) })
}
