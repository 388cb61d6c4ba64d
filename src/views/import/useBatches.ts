import type { BatchLine } from '#components/import/useImportWords.ts'
import { reactive, ref, shallowRef } from 'vue'
import { importBatches, revertImport } from '#actions/imports.ts'
import { serverNow } from '#clock/clock.ts'
import { useImportWords } from '#components/import/useImportWords.ts'
import { momentText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface Batches {
  batches: BatchLine[]
  error: string | null
  /** how many records a revert removed and left; `kept` = why they were left, a line per table and reason */
  outcome: { removed: number, left: number, kept: string[] } | null
  load: (community: string | null) => Promise<void>
  revert: (id: string, community: string | null) => Promise<void>
}

/** The imports that were made, and reverting one; online only. */
export function useBatches(): Batches {
  const { server } = useDeps()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const batches = shallowRef<BatchLine[]>([])
  const error = ref<string | null>(null)
  const outcome = ref<{ removed: number, left: number, kept: string[] } | null>(null)
  const { batch: word } = useImportWords()

  /** One line per table and reason, with the first ten rows: 200 people left for one reason are one sentence. */
  function keptLines(kept: { row: number, table: string, reason: string }[]): string[] {
    const groups = new Map<string, typeof kept>()
    for (const k of kept) groups.set(`${k.table} ${k.reason}`, [...groups.get(`${k.table} ${k.reason}`) ?? [], k])
    return [...groups.values()].map((group) => {
      const rows = group.map(k => k.row).sort((a, b) => a - b)
      const { table, reason } = group[0]!
      return t('import.batches.keptLine', {
        n: rows.length,
        rows: rows.slice(0, 10).join(t('shell.listComma')) + (rows.length > 10 ? '…' : ''),
        table: word('table', table),
        reason: word('reason', reason),
      })
    })
  }

  async function load(community: string | null): Promise<void> {
    if (!server) return
    const answer = await importBatches(server, community)
    error.value = answer.status === 'applied' ? null : text(answer)
    if (answer.status !== 'applied') return
    batches.value = answer.batches.map(b => ({
      id: b.id,
      file: b.file_name,
      title: `${t(`import.kind.${b.kind}`)} · ${b.file_name}`,
      detail: t('import.batches.line', {
        name: b.by_name,
        time: momentText(b.at, serverNow(), words.value),
        created: b.created,
        updated: b.updated,
        failed: b.failed,
      }),
      state: word('state', b.state),
      revertable: b.state !== 'reverted',
    }))
  }
  async function revert(id: string, community: string | null): Promise<void> {
    if (!server) return
    const answer = await revertImport(server, id)
    error.value = answer.status === 'applied' ? null : text(answer)
    if (answer.status === 'applied')
      outcome.value = { removed: answer.removed, left: answer.kept.length, kept: keptLines(answer.kept) }
    await load(community)
  }
  return reactive({ batches, error, outcome, load, revert })
}
