import { useI18n } from '#i18n/useI18n.ts'

/** The word for a column of an import by its key; a key this release does not know stands for itself. */
export function useFieldText(): (field: string) => string {
  const { t, te } = useI18n()
  return (field) => {
    const key = `import.field.${field}`
    return te(key) ? t(key) : field
  }
}
