import type { ComputedRef, ShallowRef } from 'vue'
import type { ImportKind, ImportRowResult } from '#domain/importRows.ts'
import type { ImportChoices, ImportPreview } from '#io/readImport.ts'
import type { PreviewLines } from './previewLines.ts'
import type { FileReading } from './useFile.ts'
import { computed, reactive, ref } from 'vue'
import { importRows } from '#actions/imports.ts'
import { useImportWords } from '#components/import/useImportWords.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { useSessionStore } from '#stores/session.ts'
import { useDeps } from '#views/shell/deps.ts'
import { previewLines, rowProblems } from './previewLines.ts'
import { useCheck } from './useCheck.ts'
import { useFile } from './useFile.ts'

export type ImportStage = 'choose' | 'reading' | 'preview' | 'running' | 'done'
export interface ImportJob {
  stage: ImportStage
  preview: ImportPreview | null
  /** what somebody chose over what the program would */
  choices: ImportChoices
  /** the columns are as for the last file of this shape */
  remembered: boolean
  readonly lines: PreviewLines
  readonly columns: string[]
  error: string | null
  /** lines read of the file, while it is read; null before the first is */
  reading: { done: number, total: number } | null
  progress: { done: number, total: number }
  /** the server is asked what it would refuse */
  checking: boolean
  read: (file: File, kind: ImportKind) => Promise<void>
  choose: (more: ImportChoices) => Promise<void>
  /** asks the server what would become of the rows */
  check: (community: string | null) => Promise<void>
  run: (community: string | null) => Promise<void>
  /** the rows that were not imported as an .xlsx; null without a file */
  mend: (locale: 'zh-CN' | 'en') => Promise<Uint8Array | null>
  reset: () => void
  readonly results: ImportRowResult[]
}
const NO_LINES: PreviewLines = { bad: [], good: [], badCount: 0, goodCount: 0 }
const NO_COLUMNS = new Set(['row', 'pinyin', 'initials'])

/** The fields that rows of a preview have. */
function columnsOf(preview: ImportPreview | null): string[] {
  const { rows = [], failed = [] } = preview ?? {}
  const keys = new Set([...rows.slice(0, 50), ...failed.slice(0, 50).map(f => f.cells)].flatMap(r => Object.keys(r)))
  return [...keys].filter(c => !NO_COLUMNS.has(c))
}

/** The rows that go in; those the server has refused stay in the file of rows to mend. */
function toImport(
  preview: ImportPreview, results: readonly ImportRowResult[],
): Pick<ImportPreview, 'kind' | 'rows'> & { refused: ImportRowResult[] } {
  const refused = results.filter(r => r.status === 'error')
  const wrong = new Set(refused.map(r => r.row))
  return { kind: preview.kind, rows: preview.rows.filter(r => !wrong.has(r.row)), refused }
}

type Shown = Pick<ImportJob, 'mend'> & { columns: ComputedRef<string[]>, lines: ComputedRef<PreviewLines> }

/** The lines of a file in words, and those to mend. */
function useShown({ preview, mend }: FileReading, results: ShallowRef<ImportRowResult[]>): Shown {
  const words = useImportWords(() => preview.value?.kind ?? null)
  return {
    mend: async locale => preview.value && mend(rowProblems(preview.value, results.value, words), locale),
    columns: computed(() => columnsOf(preview.value)),
    lines: computed(() => preview.value ? previewLines(preview.value, results.value, words) : NO_LINES),
  }
}

/** Reading a file, showing what is wrong with it, and importing the good rows; the server judges each row again. */
export function useImport(): ImportJob {
  const { server, id } = useDeps()
  const { t } = useI18n()
  const actionText = useSetbackText()
  const file = useFile(useSessionStore().login)
  const { preview, choices, remembered, lines: reading } = file
  const stage = ref<ImportStage>('choose')
  const error = ref<string | null>(null)
  const progress = ref({ done: 0, total: 0 })
  const { results, checking, check, stop, forget } = useCheck(file, (why) => { error.value = actionText(why) })
  let batch = ''

  async function read(from: File, kind: ImportKind): Promise<void> {
    reset()
    stage.value = 'reading'
    // what the program itself could not do also goes on to the log of defects
    const found = await file.read(from, kind).catch((cause: unknown) => {
      fail('damaged')
      throw cause
    })
    if (typeof found === 'string') fail(found)
    if (found !== true) return
    batch = id()
    stage.value = 'preview'
  }
  function fail(code: Extract<Awaited<ReturnType<typeof file.read>>, string>): void {
    error.value = t(`import.fileError.${code}`)
    stage.value = 'choose'
  }
  async function choose(more: ImportChoices): Promise<void> {
    // rows with other cells are another import, even under the same numbers
    batch = id()
    forget()
    await file.choose(more)
  }
  async function run(community: string | null): Promise<void> {
    if (!preview.value || !server) {
      error.value = t('shell.needsNetwork')
      return
    }
    stop()
    const { kind, rows, refused } = toImport(preview.value, results.value)
    stage.value = 'running'
    error.value = null
    const into = { community_id: community, file_name: file.name.value }
    const tell = (done: number, total: number): void => { progress.value = { done, total } }
    tell(0, rows.length)
    const answer = await importRows(server, batch, kind, rows, into, tell)
    results.value = [...answer.results, ...refused]
    if (answer.status === 'partial') error.value = actionText(answer.because)
    // the batch keeps its id, so that pressing again goes on where it broke off
    stage.value = answer.status === 'applied' ? 'done' : 'preview'
  }
  function reset(): void {
    file.close()
    stage.value = 'choose'
    error.value = null
    forget()
  }
  return reactive({
    stage, preview, choices, remembered, error, reading, progress, checking, results, read, choose, check, run, reset,
    ...useShown(file, results),
  })
}
