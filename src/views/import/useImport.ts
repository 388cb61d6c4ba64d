import type { ImportWords, PreviewLine } from '#components/import/useImportWords.ts'
import type { ImportKind, ImportRowResult } from '#domain/importRows.ts'
import type { ImportPreview } from '#io/readImport.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { importRows } from '#actions/imports.ts'
import { useImportWords } from '#components/import/useImportWords.ts'
import { maskPhone } from '#domain/mask.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'

export type ImportStage = 'choose' | 'reading' | 'preview' | 'running' | 'done'
export interface ImportJob {
  stage: ImportStage
  preview: ImportPreview | null
  readonly lines: PreviewLine[]
  readonly columns: string[]
  error: string | null
  progress: { done: number, total: number }
  results: ImportRowResult[]
  read: (file: File, kind: ImportKind) => Promise<void>
  run: (kind: ImportKind, community: string | null) => Promise<void>
  reset: () => void
}

/** Reading a file, showing what is wrong with it, and importing the good rows; the server judges each row again. */
export function useImport(): ImportJob {
  const { server, id } = useDeps()
  const { t } = useI18n()
  const actionText = useSetbackText()
  const words = useImportWords()
  const stage = ref<ImportStage>('choose')
  const preview = shallowRef<ImportPreview | null>(null)
  const results = shallowRef<ImportRowResult[]>([])
  const error = ref<string | null>(null)
  const progress = ref({ done: 0, total: 0 })
  const batch = ref({ id: '', file: '' })

  async function read(file: File, kind: ImportKind): Promise<void> {
    reset()
    stage.value = 'reading'
    try {
      const { readImport } = await import('#io/readImport.ts')
      preview.value = await readImport(new Uint8Array(await file.arrayBuffer()), kind)
      batch.value = { id: id(), file: file.name }
      stage.value = 'preview'
    }
    catch {
      error.value = t('import.unreadable')
      stage.value = 'choose'
    }
  }
  async function run(kind: ImportKind, community: string | null): Promise<void> {
    if (!preview.value || !server) {
      error.value = t('people.error.offline')
      return
    }
    stage.value = 'running'
    error.value = null
    progress.value = { done: 0, total: preview.value.rows.length }
    const into = { community_id: community, file_name: batch.value.file }
    const answer = await importRows(server, batch.value.id, kind, preview.value.rows, into, (done, total) => {
      progress.value = { done, total }
    })
    results.value = answer.results
    if (answer.status === 'partial') error.value = actionText(answer.because)
    // the batch keeps its id, so that pressing again goes on where it broke off
    stage.value = answer.status === 'applied' ? 'done' : 'preview'
  }
  function reset(): void {
    stage.value = 'choose'
    preview.value = null
    results.value = []
    error.value = null
  }
  const columns = computed(() => {
    const keys = new Set((preview.value?.rows ?? []).slice(0, 50).flatMap(r => Object.keys(r)))
    return [...keys].filter(c => c !== 'row' && c !== 'pinyin' && c !== 'initials')
  })
  const lines = computed(() => previewLines(preview.value, results.value, words))
  return reactive({ stage, preview, lines, columns, error, progress, results, read, run, reset })
}

/** The lines of a preview: wrong ones first, those the server refused too, then the good ones as in the file. */
function previewLines(
  preview: ImportPreview | null,
  results: readonly ImportRowResult[],
  words: ImportWords,
): PreviewLine[] {
  const refused = results.filter(r => r.code !== null)
  const failed = new Map(refused.map(r => [r.row, words.problem(r.code ?? '', r.field)]))
  const problems = new Map<number, string[]>()
  for (const { row, code, field } of preview?.errors ?? [])
    problems.set(row, [...problems.get(row) ?? [], words.problem(code, field)])
  const bad = [...problems].map(([row, reasons]) => ({ row, cells: {}, problem: reasons.join(' · ') }))
  const good = (preview?.rows ?? []).map(row => ({
    row: row.row,
    cells: cellsOf(row, words),
    problem: failed.get(row.row) ?? null,
  }))
  return [...bad, ...good].sort((a, b) => Number(a.problem === null) - Number(b.problem === null) || a.row - b.row)
}

/** The fields of a row in words. Phones are masked: more than one person may look at a preview. */
function cellsOf(row: object, words: ImportWords): Record<string, string> {
  const cell = (key: string, value: unknown): string => {
    if (Array.isArray(value)) return value.join(' ')
    return key === 'phone' ? maskPhone(String(value)) : words.value(String(value ?? ''))
  }
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(key, value)]))
}
