import type { Setback } from '#actions/answer.ts'
import { setbackKey } from '#i18n/known.ts'
import { useI18n } from '#i18n/useI18n.ts'

/** What an online-only action answered instead of success, and what to do next, in words. */
export function useActionText(): (setback: Setback) => string {
  const { t } = useI18n()
  return (setback) => {
    const key = setbackKey(setback)
    return `${t(`${key}.text`)} ${t(`${key}.next`)}`
  }
}
