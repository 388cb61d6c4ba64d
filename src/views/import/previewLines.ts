import type { ImportWords, PreviewLine } from '#components/import/useImportWords.ts'
import type { ImportRowResult } from '#domain/importRows.ts'
import type { RowProblem } from '#io/mend.ts'
import type { ImportPreview } from '#io/readImport.ts'
import { maskNumbers } from '#components/import/useImportWords.ts'
import { lineOfRow } from '#domain/importRows.ts'

/** Most lines that a preview shows of each kind; all are imported, and all wrong ones can be downloaded. */
const SHOWN = 60

/** Lines of a file in words: the first wrong ones, the first good ones, and how many there are of each. */
export interface PreviewLines { bad: PreviewLine[], good: PreviewLine[], badCount: number, goodCount: number }

/** Every reason why a row is not imported, those of the file before those of the server. */
export function rowProblems(
  preview: ImportPreview, results: readonly ImportRowResult[], words: ImportWords,
): RowProblem[] {
  const sheets = preview.sheets.map(s => s.name)
  return [
    ...preview.errors.map(e => ({ row: e.row, text: words.problem(e, sheets) })),
    ...results.filter(r => r.status === 'error').map(r =>
      ({ row: r.row, text: words.problem({ ...r, code: r.code ?? '' }, sheets) })),
  ]
}

/** The lines of a preview: wrong ones with their own cells, then the good ones as they will be imported. */
export function previewLines(
  preview: ImportPreview, results: readonly ImportRowResult[], words: ImportWords,
): PreviewLines {
  const sheets = preview.sheets.map(s => s.name)
  const problems = new Map<number, string[]>()
  const blame = (row: number, text: string): void => {
    problems.set(row, [...new Set([...problems.get(row) ?? [], text])])
  }
  for (const e of preview.errors) blame(lineOfRow(e.row), words.problem(e, sheets))
  const remarks = results.filter(r => r.code !== null)
  const goesIn = new Set(remarks.filter(r => r.status !== 'error').map(r => r.row))
  for (const r of remarks) blame(r.row, words.problem({ ...r, code: r.code ?? '' }, sheets))
  const say = (row: number, cells: object, problem: string | null): PreviewLine =>
    ({ row, where: words.where(row, sheets), cells: cellsOf(cells, words), problem, goesIn: goesIn.has(row) })
  const told = (row: number): string | null => problems.get(row)?.join(' · ') ?? null
  const wrong = preview.rows.filter(r => problems.has(r.row))
  const good = preview.rows.filter(r => !problems.has(r.row))
  const bad = [
    ...preview.failed.slice(0, SHOWN).map(f => say(f.row, f.cells, told(f.row))),
    ...wrong.slice(0, SHOWN).map(r => say(r.row, r, told(r.row))),
  ]
  return {
    bad: bad.sort((a, b) => a.row - b.row).slice(0, SHOWN),
    good: good.slice(0, SHOWN).map(r => say(r.row, r, null)),
    badCount: preview.failed.length + wrong.filter(r => !goesIn.has(r.row)).length,
    goodCount: good.length + wrong.filter(r => goesIn.has(r.row)).length,
  }
}

/** Codes of divisions are public, and as long as a phone number. */
const PUBLIC_NUMBERS = ['code', 'parent_code']

/** The fields of a row in words. Phones are masked: more than one person may look at a preview. */
function cellsOf(row: object, words: ImportWords): Record<string, string> {
  const cell = (key: string, value: unknown): string => {
    const said = Array.isArray(value) ? value.join(' ') : words.value(String(value ?? ''))
    return Array.isArray(value) || PUBLIC_NUMBERS.includes(key) ? said : maskNumbers(said)
  }
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(key, value)]))
}
