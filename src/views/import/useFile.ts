import type { Ref, ShallowRef } from 'vue'
import type { ImportKind } from '#domain/importRows.ts'
import type { SheetErrorCode } from '#io/book/sheet.ts'
import type { RowProblem } from '#io/mend.ts'
import type { ImportChoices, ImportPreview } from '#io/readImport.ts'
import type { OpenFile } from './reader.ts'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { openFile, ReadFailure } from './reader.ts'
import { keepShape, recallShape } from './shapes.ts'

export interface FileReading {
  name: Ref<string>
  preview: ShallowRef<ImportPreview | null>
  choices: ShallowRef<ImportChoices>
  /** the columns are as for the last file of this shape */
  remembered: Ref<boolean>
  /** lines read of the file that is being opened; null before the first is */
  lines: Ref<{ done: number, total: number } | null>
  /** true = read; false = another file came meanwhile; a code = it cannot be read. Throws where the program failed. */
  read: (file: File, kind: ImportKind) => Promise<boolean | SheetErrorCode>
  /** reads the file again; where fields come from is kept on this phone for the person's next file of this shape */
  choose: (more: ImportChoices) => Promise<void>
  mend: (problems: RowProblem[], locale: 'zh-CN' | 'en') => Promise<Uint8Array | null>
  close: () => void
}

/** A file that is open beside the page, read again with each choice. `login` = who brings it in. */
export function useFile(login: string | null): FileReading {
  const name = ref('')
  const preview = shallowRef<ImportPreview | null>(null)
  const choices = shallowRef<ImportChoices>({})
  const remembered = ref(false)
  const lines = ref<{ done: number, total: number } | null>(null)
  let open: OpenFile | null = null
  // an answer that comes after a newer question is thrown away
  let turn = 0

  async function read(file: File, kind: ImportKind): Promise<boolean | SheetErrorCode> {
    close()
    const mine = turn
    try {
      const found = await openFile(file)
      if (mine !== turn) {
        found.close()
        return false
      }
      open = found
      name.value = file.name
      const first = await found.preview(kind, {}, (done, total) => { if (mine === turn) lines.value = { done, total } })
      const known = recallShape(login, first.shape)
      const shown = known ? await found.preview(kind, { sources: known }) : first
      if (mine !== turn) return false
      choices.value = known ? { sources: known } : {}
      remembered.value = known !== null
      preview.value = shown
      return true
    }
    catch (cause) {
      if (mine !== turn) return false
      if (cause instanceof ReadFailure && cause.code !== null) return cause.code
      throw cause
    }
  }
  async function choose(more: ImportChoices): Promise<void> {
    if (!open || !preview.value) return
    choices.value = { ...choices.value, ...more }
    if (more.sources) {
      remembered.value = false
      keepShape(login, preview.value.shape, more.sources)
    }
    const mine = ++turn
    const found = await open.preview(preview.value.kind, choices.value)
    if (mine === turn) preview.value = found
  }
  async function mend(problems: RowProblem[], locale: 'zh-CN' | 'en'): Promise<Uint8Array | null> {
    return open && preview.value ? open.mend(preview.value.kind, choices.value, problems, locale) : null
  }
  function close(): void {
    turn++
    lines.value = null
    open?.close()
    open = null
    preview.value = null
    choices.value = {}
    remembered.value = false
  }
  onScopeDispose(close)
  return { name, lines, preview, choices, remembered, read, choose, mend, close }
}
