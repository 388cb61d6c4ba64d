import type { Setback } from '#actions/answer.ts'
import { assertNever } from '#domain/codes.ts'
import { useI18n } from '#i18n/useI18n.ts'

/** What an online-only action answered instead of success, in words. */
export function useActionText(): (setback: Setback) => string {
  const { t, te } = useI18n()
  return (setback) => {
    switch (setback.status) {
      case 'offline': return t('people.error.offline')
      case 'signed_out': return t('people.error.signed_out')
      case 'wait': return `${t('codes.setback.wait.text')} ${t('codes.setback.wait.next')}`
      case 'failed': return t('people.error.other')
      case 'refused': return te(`people.error.${setback.code}`) ? t(`people.error.${setback.code}`) : t('people.error.other')
      default: return assertNever(setback)
    }
  }
}
