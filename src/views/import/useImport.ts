import type { PreviewLine } from '#components/import/line.ts'
import type { ImportKind, ImportRowResult } from '#domain/importRows.ts'
import type { ImportPreview } from '#io/readImport.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { importRows } from '#actions/imports.ts'
import { maskPhone } from '#domain/mask.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useActionText } from '#views/people/useActionText.ts'
import { useDeps } from '#views/shell/deps.ts'
import { useRowErrorText } from './useRowErrorText.ts'

export type ImportStage = 'choose' | 'reading' | 'preview' | 'running' | 'done'
export interface Importing {
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
export function useImport(): Importing {
  const { server, id } = useDeps()
  const { t, te } = useI18n()
  const actionText = useActionText()
  const rowText = useRowErrorText()
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
    const answer = await importRows(server, batch.value.id, kind, preview.value.rows, {
      community_id: community,
      file_name: batch.value.file,
    }, (done, total) => {
      progress.value = { done, total }
    })
    results.value = answer.results
    if (answer.status === 'partial') error.value = actionText(answer.because)
    // the batch id stays: pressing again goes on where it broke off
    stage.value = answer.status === 'applied' ? 'done' : 'preview'
  }
  function reset(): void {
    stage.value = 'choose'
    preview.value = null
    results.value = []
    error.value = null
  }
  const columns = computed(() =>
    [...new Set((preview.value?.rows ?? []).slice(0, 50).flatMap(r => Object.keys(r)))].filter(c =>
      c !== 'row' && c !== 'pinyin' && c !== 'initials',
    ),
  )
  const say = (value: string): string => {
    const key = `import.value.${value}`
    return te(key) ? t(key) : value
  }
  const lines = computed(() => previewLines(preview.value, results.value, rowText, say))
  return reactive({ stage, preview, lines, columns, error, progress, results, read, run, reset })
}

/** Phones are masked here too: a preview is looked over by more than one pair of eyes. Wrong lines first, then the good ones in the order of the file; the server's own errors count too. */
function previewLines(
  preview: ImportPreview | null,
  results: readonly ImportRowResult[],
  text: ReturnType<typeof useRowErrorText>,
  say: (value: string) => string,
): PreviewLine[] {
  const failed = new Map(results.filter(r => r.code !== null).map(r => [r.row, text(r.code ?? '', r.field)]))
  const problems = new Map<number, string[]>()
  for (const e of preview?.errors ?? []) problems.set(e.row, [...problems.get(e.row) ?? [], text(e.code, e.field)])
  const bad = [...problems].map(([row, words]) => ({ row, cells: {}, problem: words.join(' · ') }))
  const good = (preview?.rows ?? []).map(row => ({
    row: row.row,
    cells: cellsOf(row, say),
    problem: failed.get(row.row) ?? null,
  }))
  return [...bad, ...good].sort((a, b) => Number(a.problem === null) - Number(b.problem === null) || a.row - b.row)
}

function cellsOf(row: object, say: (value: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map((
      [k, v],
    ) => [k, Array.isArray(v) ? v.join(' ') : k === 'phone' ? maskPhone(String(v)) : say(String(v ?? ''))]),
  )
}
