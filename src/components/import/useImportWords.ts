import type { ImportKind, RowError } from '#domain/importRows.ts'
import { placeOfRow } from '#domain/importRows.ts'
import { maskPhone } from '#domain/mask.ts'
import { useI18n } from '#i18n/useI18n.ts'

/**
 * One line of a file in the preview. `cells` by field key; `problem` in words, null = there is none; `goesIn`:
 * the line is imported all the same.
 */
export interface PreviewLine {
  row: number, where: string, cells: Record<string, string>, problem: string | null, goesIn: boolean
}

/** One import that was made. */
export interface BatchLine {
  id: string, title: string, detail: string, state: string, revertable: boolean, file: string
}

/** A cell that became something else: `code` says why. */
export interface OddWords { row: number, field: string, code: string, from: string, to: string | null }

/** Why a row is no row, from the reader or the server. */
type Problem = Pick<RowError, 'of'> & { code: string, field: string | null, unit?: string | null }

export interface ImportWords {
  /** the name of a column, in the words of its list: a person's name, the name of a post */
  field: (field: string, of?: string | null) => string
  /** a value of a row, such as a kind of post */
  value: (value: string) => string
  /** which line of which sheet; without names of sheets, their numbers */
  where: (row: number, sheets?: readonly string[]) => string
  /** why a line cannot be imported */
  problem: (error: Problem, sheets?: readonly string[]) => string
  /** what became of a cell that was read as something else */
  odd: (odd: OddWords) => string
  /** a word of the list of imports; one this release does not know is 'other' */
  batch: (area: 'table' | 'reason' | 'state', word: string) => string
}

/** Numbers of phones in a text are masked: more than one person may look at a preview. */
export function maskNumbers(text: string): string {
  return text.replace(/\d(?:[\s-]?\d){6,}/g, maskPhone)
}

/**
 * The words of an import by their keys; `kind` = which list it is. A field or value that this release does not know
 * stands for itself.
 */
export function useImportWords(kind: () => ImportKind | null = () => null): ImportWords {
  const { t, te } = useI18n()
  const field: ImportWords['field'] = (name, of = kind()) => {
    const own = `import.fieldOf.${of}.${name}`
    const key = `import.field.${name}`
    return te(own) ? t(own) : te(key) ? t(key) : name
  }
  const value = (word: string): string => {
    const key = `import.value.${word}`
    return te(key) ? t(key) : word
  }
  const where = (row: number, sheets: readonly string[] = []): string => {
    const { sheet, line } = placeOfRow(row)
    if (sheet === 0 && sheets.length < 2) return t('import.line', { line })
    return t('import.lineOf', { sheet: sheets[sheet] || t('import.nthSheet', { n: sheet + 1 }), line })
  }
  return {
    field,
    value,
    where,
    problem(error, sheets) {
      const key = `import.error.${error.code}`
      const other = error.of === undefined ? t('import.anotherRow') : where(error.of, sheets)
      const unit = error.unit ?? t('import.anotherGrid')
      return te(key) ? t(key, { field: field(error.field ?? ''), unit, other }) : t('import.error.other')
    },
    odd({ code, from, to }) {
      const key = `import.odd.${code}`
      const named = { was: maskNumbers(from), to: maskNumbers(value(to ?? '')) }
      return te(key) ? t(key, named) : t('import.odd.read_as', named)
    },
    batch(area, word) {
      const key = `import.batches.${area}.${word}`
      return te(key) ? t(key) : t(`import.batches.${area}.other`)
    },
  }
}
