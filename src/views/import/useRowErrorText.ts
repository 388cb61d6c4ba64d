import { useI18n } from '#i18n/useI18n.ts'

/** Why a line cannot be imported, in words. */
export function useRowErrorText(): (code: string, field: string | null) => string {
  const { t, te } = useI18n()
  return (code, field) => {
    const name = field && te(`import.field.${field}`) ? t(`import.field.${field}`) : field ?? ''
    return te(`import.error.${code}`) ? t(`import.error.${code}`, { field: name }) : t('import.error.other')
  }
}
