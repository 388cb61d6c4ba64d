import type { BatchLine } from '#components/import/useImportWords.ts'
import { reactive, ref, shallowRef } from 'vue'
import { importBatches, revertImport } from '#actions/imports.ts'
import { serverNow } from '#clock/clock.ts'
import { useImportWords } from '#components/import/useImportWords.ts'
import { placeOfRow } from '#domain/importRows.ts'
import { momentText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'

/** A record, or one value of it, that a revert speaks of. */
interface Said { row: number, table: string, field: string | null, reason?: string }
type Lines = (said: readonly Said[]) => string[]

export interface Batches {
  batches: BatchLine[]
  error: string | null
  /** what a revert did: `restored` = a line per table and field, `kept` = a line per table, field and reason */
  outcome: { removed: number, restored: string[], left: number, kept: string[] } | null
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
  const outcome = ref<Batches['outcome']>(null)
  const { batch: word } = useImportWords()
  const lines = useRevertLines()

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
    if (answer.status === 'applied') {
      outcome.value = {
        removed: answer.removed,
        restored: lines.restored(answer.restored),
        left: answer.kept.length,
        kept: lines.kept(answer.kept),
      }
    }
    await load(community)
  }
  return reactive({ batches, error, outcome, load, revert })
}

/** What a revert speaks of, as a line for each group that has one thing in common: 200 people are one sentence. */
function useRevertLines(): { restored: Lines, kept: Lines } {
  const { t } = useI18n()
  const { batch: word, field } = useImportWords()
  const what = (s: Said): string =>
    [word('table', s.table), s.field && field(s.field, s.table)].filter(Boolean).join(' · ')
  function grouped(said: readonly Said[], words: (first: Said, n: number, rows: string) => string): string[] {
    const groups = new Map<string, Said[]>()
    for (const s of said) {
      const key = [s.table, s.field, s.reason].join(' ')
      groups.set(key, [...groups.get(key) ?? [], s])
    }
    return [...groups.values()].map((group) => {
      const rows = [...new Set(group.map(k => placeOfRow(k.row).line))].sort((a, b) => a - b)
      const first10 = rows.slice(0, 10).join(t('shell.listComma')) + (rows.length > 10 ? '…' : '')
      return words(group[0]!, group.length, first10)
    })
  }
  return {
    restored: said => grouped(said, (s, n, rows) => t('import.batches.restoredLine', { n, rows, what: what(s) })),
    kept: said => grouped(said, (s, n, rows) =>
      t('import.batches.keptLine', { n, rows, table: what(s), reason: word('reason', s.reason ?? '') })),
  }
}
