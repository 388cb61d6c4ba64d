import type { ComputedRef } from 'vue'
import type { MapField } from '#components/import/ColumnMap.vue'
import type { NoteGroup } from '#components/import/ReadingNotes.vue'
import type { SheetLine } from '#components/import/SheetChoice.vue'
import type { ImportPreview } from '#io/readImport.ts'
import type { Source } from '#io/sources.ts'
import type { ImportJob } from './useImport.ts'
import { computed, reactive } from 'vue'
import { maskNumbers, useImportWords } from '#components/import/useImportWords.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { FIELD_VALUES, FIELDS, FIELDS_BY_SHEET, KEPT_WHEN_EMPTY } from '#io/fields.ts'

const SHOWN = 100
const ROWS_NAMED = 8

/** Empty cells that clear nothing: a city has no parent, and a post without a building stands at its estate. */
const isPartOfKey = (p: ImportPreview, key: string): boolean =>
  key === 'parent_code' || (p.kind === 'post' && key === 'building')
const emptyDoes = (p: ImportPreview, key: string): 'keep' | 'clear' =>
  KEPT_WHEN_EMPTY.includes(key) || KEPT_WHEN_EMPTY.includes(`${p.kind}.${key}`) ? 'keep' : 'clear'

/** What a file was read as, for a person to judge, and what they may choose otherwise. */
export interface Reading {
  readonly sheets: SheetLine[]
  readonly hiddenRows: number
  readonly notes: string[]
  readonly groups: NoteGroup[]
  readonly fields: MapField[]
  /** takes a field from elsewhere; null = as the program would */
  map: (field: string, source: Source | null) => void
}

/** Says what a file was read as: its sheets, the lines left out, the cells that changed, the sources of fields. */
export function useReading(job: ImportJob): Reading {
  const { t } = useI18n()
  const { field, value, where, odd } = useImportWords(() => job.preview?.kind ?? null)
  const of = <T>(empty: T, read: (preview: ImportPreview) => T): ComputedRef<T> =>
    computed(() => job.preview ? read(job.preview) : empty)
  const names = (p: ImportPreview): string[] => p.sheets.map(s => s.name)
  const joined = (words: readonly string[]): string => words.join(t('shell.listComma'))

  const sheets = of<SheetLine[]>([], p => p.sheets.map(({ sheet, name, lines, state }) =>
    ({ sheet, name, lines, read: state === 'read', why: state === 'read' ? '' : t(`import.sheets.state.${state}`) })))
  const hiddenRows = of(0, p => p.skipped.filter(s => s.why === 'hidden').length)

  const notes = of<string[]>([], p => [
    ...p.dropped.length > 0 ? [t('import.dropped', { names: joined(p.dropped) })] : [],
    ...new Set(p.proposals.map(x =>
      t('import.map.proposed', { field: field(x.field), title: x.title, value: value(x.value) }))),
    ...Object.entries(p.empty).filter(([key]) => !isPartOfKey(p, key)).map(([key, n]) =>
      t('import.empty', { field: field(key), n, does: t(`import.emptyDoes.${emptyDoes(p, key)}`) })),
  ])

  /** One line for each reason, with the first lines it holds for. */
  function skipped(p: ImportPreview): NoteGroup[] {
    const byWhy = new Map<string, typeof p.skipped>()
    for (const s of p.skipped) byWhy.set(s.why, [...byWhy.get(s.why) ?? [], s])
    const lines = [...byWhy.values()].map((group) => {
      const first = group.slice(0, ROWS_NAMED)
      const rows = first.map(s => [where(s.row, names(p)), maskNumbers(s.text).slice(0, 24)].filter(Boolean).join(' '))
      const more = group.length > ROWS_NAMED ? '…' : ''
      const why = t(`import.skipped.why.${group[0]!.why}`)
      return t('import.skipped.count', { why, n: group.length, rows: joined(rows) + more })
    })
    return lines.length > 0 ? [{ title: t('import.skipped.title'), lines, more: 0, open: true }] : []
  }
  function oddCells(p: ImportPreview): NoteGroup[] {
    // what falls out comes before what was only read closely
    const first = [...p.odd].sort((a, b) => Number(a.to !== null) - Number(b.to !== null) || a.row - b.row)
    const lines = first.slice(0, SHOWN).map(o =>
      t('import.odd.line', { where: where(o.row, names(p)), field: field(o.field), said: odd(o) }))
    const title = t('import.odd.title', { n: p.odd.length })
    const more = Math.max(0, p.odd.length - SHOWN)
    return lines.length > 0 ? [{ title, lines, more, open: p.odd.some(o => o.to === null) }] : []
  }
  const groups = of<NoteGroup[]>([], p => [...skipped(p), ...oddCells(p)])

  const fields = of<MapField[]>([], p => FIELDS[p.kind].map(({ key, required }) => ({
    key,
    required,
    source: p.sources[key] ?? null,
    values: FIELD_VALUES[`${p.kind}.${key}`]?.slice() ?? null,
    bySheet: p.sheets.length > 1 && FIELDS_BY_SHEET.includes(key),
  })))
  function map(key: string, source: Source | null): void {
    const { [key]: _, ...others } = job.choices.sources ?? {}
    void job.choose({ sources: source ? { ...others, [key]: source } : others })
  }
  return reactive({ sheets, hiddenRows, notes, groups, fields, map })
}
