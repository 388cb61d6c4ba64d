import type { Twin } from '#domain/reportTwins.ts'
import type { StoredRow } from '#queries/live.ts'
import type { ReportRows } from '#queries/reportRows.ts'
import { computed, reactive, ref } from 'vue'
import { twinOf } from '#domain/reportTwins.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { reportRows, reportsAround } from '#queries/reportRows.ts'
import { useNotice } from '#stores/notice.ts'
import { useIntent } from '../shell/useIntent.ts'
import { useReportWords } from './useReportWords.ts'

export type Report = StoredRow<'report_lead'>
export interface ReportDesk {
  /** undefined until the disk answers */
  readonly rows: ReportRows | undefined
  readonly grids: { value: string, label: string }[]
  /** reports that are ticked and still wait */
  ticked: string[]
  /** those that nothing speaks against: no second one, nothing refused */
  readonly plain: string[]
  /** the grid a report is put into: as chosen here, else that of its building; '' = none */
  gridOf: (report: Report) => string
  setGrid: (report: Report, grid: string) => void
  gridName: (id: string | null) => string | null
  twin: (report: Report) => Twin | null
  refusal: (report: Report) => StoredRow<'verdict'> | null
  confirm: (reports: readonly Report[]) => Promise<boolean>
}

/** The reports of a community and what a coordinator does with them; offline too. */
export function useReports(community: () => string | null): ReportDesk {
  const db = useDb()
  const now = useNow()
  const { t } = useI18n()
  const { send } = useIntent()
  const notice = useNotice()
  const says = useReportWords()
  const minute = computed(() => Math.floor(now.value / 60_000))
  const rows = useLiveQuery(
    async () => community() ? reportRows(db, community()!, now.value) : undefined, () => [community(), minute.value])
  const around = useLiveQuery(
    async () => community() ? reportsAround(db, community()!) : undefined, community)

  const grids = computed(() => (around.value?.grids ?? []).map(u => ({ value: u.id, label: u.name })))
  const chosen = ref<Record<string, string>>({})
  const gridOf = (r: Report): string =>
    chosen.value[r.id] ?? (r.building_id ? around.value?.tree.at(r.building_id, 'grid')?.id : null) ?? ''
  const twins = computed(() => new Map((rows.value?.waiting ?? []).map((r) => {
    const { reports = [], people = [], units = [] } = around.value ?? {}
    return [r.id, twinOf(r, reports, people, units)] as const
  })))
  const twin = (r: Report): Twin | null => twins.value.get(r.id) ?? null
  const refusal = (r: Report): StoredRow<'verdict'> | null => around.value?.refusals.get(r.id) ?? null
  const marked = ref<string[]>([])
  const ticked = computed({
    get: () => marked.value.filter(id => rows.value?.waiting.some(r => r.id === id)),
    set: (ids) => { marked.value = ids },
  })
  const plain = computed(() =>
    (rows.value?.waiting ?? []).filter(r => twin(r) === null && refusal(r) === null).map(r => r.id))

  async function confirm(reports: readonly Report[]): Promise<boolean> {
    for (const r of reports) {
      const grid = r.unit_kind === null ? gridOf(r) || null : null
      if (!await send('confirm_report', { report_id: r.id, grid_id: grid }, null)) return false
    }
    const [first] = reports
    if (!first) return false
    notice.say(reports.length === 1
      ? t('reporting.reports.confirmed', { name: says.name(first) })
      : t('reporting.reports.confirmedMany', { n: reports.length }))
    return true
  }
  return reactive({
    rows,
    grids,
    ticked,
    plain,
    gridOf,
    setGrid: (r: Report, grid: string) => { chosen.value = { ...chosen.value, [r.id]: grid } },
    gridName: (id: string | null) => id === null ? null : around.value?.tree.get(id)?.name ?? null,
    twin,
    refusal,
    confirm,
  }) as ReportDesk
}
