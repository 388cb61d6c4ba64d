import { useI18n } from '#i18n/useI18n.ts'

/** One line of a file in the preview. `cells` by field key; `problem` in words, null = can be imported. */
export interface PreviewLine { row: number, cells: Record<string, string>, problem: string | null }

/** One import that was made. */
export interface BatchLine {
  id: string, title: string, detail: string, state: string, revertable: boolean, file: string
}

export interface ImportWords {
  /** the name of a column */
  field: (field: string) => string
  /** a value of a row, such as a kind of post */
  value: (value: string) => string
  /** why a line cannot be imported */
  problem: (code: string, field: string | null) => string
  /** a word of the list of imports; one this release does not know is 'other' */
  batch: (area: 'table' | 'reason' | 'state', word: string) => string
}

/** The words of an import by their keys. A field or value that this release does not know stands for itself. */
export function useImportWords(): ImportWords {
  const { t, te } = useI18n()
  const field = (name: string): string => {
    const key = `import.field.${name}`
    return te(key) ? t(key) : name
  }
  return {
    field,
    value(value) {
      const key = `import.value.${value}`
      return te(key) ? t(key) : value
    },
    problem(code, name) {
      const key = `import.error.${code}`
      return te(key) ? t(key, { field: field(name ?? ''), name: t('import.anotherGrid') }) : t('import.error.other')
    },
    batch(area, word) {
      const key = `import.batches.${area}.${word}`
      return te(key) ? t(key) : t(`import.batches.${area}.other`)
    },
  }
}
