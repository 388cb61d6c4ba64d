import { useFieldText } from '#components/import/useFieldText.ts'
import { useI18n } from '#i18n/useI18n.ts'

/** Why a line cannot be imported, in words. A code this release does not know is 'not imported'. */
export function useRowErrorText(): (code: string, field: string | null) => string {
  const { t, te } = useI18n()
  const fieldText = useFieldText()
  return (code, field) => {
    const key = `import.error.${code}`
    return te(key) ? t(key, { field: fieldText(field ?? '') }) : t('import.error.other')
  }
}
