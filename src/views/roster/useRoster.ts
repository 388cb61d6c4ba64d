import type { Ref } from 'vue'
import type { GridPlace, GridSelection, Matrix, MatrixRow, MatrixShift } from '#components/roster/matrix.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { Post } from '#domain/rows.ts'
import type { WeekData } from '#queries/weekRows.ts'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { keepInside } from '#components/roster/gridKeys.ts'
import { dayMatrix, flatRows, selectedShifts } from '#components/roster/matrix.ts'
import { byName, orgTree, placeLabel, treeOrder } from '#domain/orgTree.ts'
import { daysBetween } from '#domain/time.ts'
import { storedName } from '#i18n/storedName.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { weekRows } from '#queries/weekRows.ts'
import { useRestDays } from './useRestDays.ts'

/** The week of a community; `starts`, `today` and `oneDay` as in Week. */
export interface RosterOf {
  community: string | null, starts: number, today: string, oneDay: boolean
  /** what was chosen by hand, from one week to the next */
  filter?: RosterFilter
}
/** An estate's id, '' for all; null = nothing was chosen. */
export interface RosterFilter { estate: string | null }
export interface LabelledPost extends Post { label: string }

/** What a screen shows of a week, and what is selected in it. */
export interface Roster {
  /** undefined until the first answer of the disk */
  readonly data: WeekData | undefined
  /** the whole week, whatever estate and day are shown */
  readonly whole: Matrix
  /** the posts of the chosen estate, or of all */
  readonly matrix: Matrix
  /** the matrix as it is shown: all of it, or the rows of one day */
  readonly shown: Matrix
  readonly posts: LabelledPost[]
  readonly estates: { id: string, name: string }[]
  estate: string
  /** `YYYY-MM-DD`, Monday first */
  readonly days: string[]
  readonly restDays: string[]
  /** years whose holidays are not known, so that only weekends count as free */
  readonly unknownYears: number[]
  readonly label: string
  day: number
  /** the day shown alone, or null for the whole week */
  readonly onlyDay: number | null
  readonly selection: GridSelection
  select: (selection: GridSelection) => void
  /** the shift that has the focus, and where it is */
  readonly shift: MatrixShift | null
  readonly where: { place: string, post_name: string, row: MatrixRow, day: number } | null
  /** every shift of the selected range */
  readonly chosen: MatrixShift[]
}
export interface RosterOptions {
  /** which shifts; all when left out */
  only?: (shift: WeekData['shifts'][number]) => boolean
  /** reads only the day that is shown, so that a slow phone need not read seven */
  lean?: boolean
}

/** More posts than this are shown one estate at a time. */
const MANY_POSTS = 24
const NOTHING: WeekData = {
  posts: [], units: [], rosters: [], shifts: [], assignments: [], drafts: [], absences: [], drills: new Set(),
}

/** The roster of one week as a screen shows it. `of` is reactive: the props of the screen. */
export function useRoster(of: Readonly<RosterOf>, options: RosterOptions = {}): Roster {
  const { t } = useI18n()
  const todayCol = daysBetween(of.starts, `${of.today}T00:00:00+08:00`)
  const day = ref(todayCol >= 0 && todayCol < 7 ? todayCol : 0)
  const onlyDay = computed(() => of.oneDay ? day.value : null)
  const rows = weekOf(of, options, onlyDay)
  const days = computed(() => rows.whole.value.days)
  return reactive({
    ...rows,
    ...selectionIn(rows.matrix, day, onlyDay),
    days,
    ...useRestDays(days),
    label: computed(() => t('roster.matrix', { from: days.value[0] ?? '', to: days.value[6] ?? '' })),
    day,
    onlyDay,
  })
}

/** The rows of the week, the matrix built from them, and the estate it is narrowed to. */
function weekOf(of: Readonly<RosterOf>, options: RosterOptions, onlyDay: Readonly<Ref<number | null>>) {
  const { only = () => true, lean = false } = options
  const db = useDb()
  const { t } = useI18n()
  const asked = (): number | null => lean ? onlyDay.value : null
  const ask = async (): Promise<WeekData> => of.community ? weekRows(db, of.community, of.starts, asked()) : NOTHING
  const data = useLiveQuery(ask, () => [of.community, of.starts, asked()])
  const tree = computed(() => orgTree(data.value?.units ?? []))
  const posts = computed(() => sortPosts(data.value ?? NOTHING, tree.value))
  const whole = computed(() => buildMatrix({
    ...data.value ?? NOTHING,
    shifts: (data.value?.shifts ?? []).filter(only),
    starts: of.starts,
    posts: posts.value,
    placeName: id => placeLabel(tree.value, id),
    personName: name => storedName(name, t),
  }))
  const estateOf = (unit: string): string => tree.value.at(unit, 'estate')?.id ?? ''
  const estates = computed(() => {
    const ids = new Set(whole.value.groups.map(g => estateOf(g.org_unit_id)).filter(id => id !== ''))
    return [...ids].map(id => ({ id, name: tree.value.get(id)?.name ?? '' }))
  })
  const own = reactive<RosterFilter>({ estate: null })
  const filter = (): RosterFilter => of.filter ?? own
  const usual = computed(() => whole.value.groups.length > MANY_POSTS ? estates.value[0]?.id ?? '' : '')
  /** what the week showed first; new shifts do not narrow it behind the person's back */
  const first = ref<string | null>(null)
  watch(() => whole.value.groups.length > 0, (any) => { if (any) first.value ??= usual.value }, { immediate: true })
  const estate = computed({
    get: () => filter().estate ?? first.value ?? usual.value,
    set: (id: string) => { filter().estate = id },
  })
  const matrix = computed<Matrix>(() => {
    const { days, groups } = whole.value
    if (estate.value === '') return whole.value
    return { days, groups: groups.filter(g => estateOf(g.org_unit_id) === estate.value) }
  })
  return { data, whole, matrix, posts, estates, estate }
}

/** What is selected in the matrix; kept inside it when a sync, another day or another estate changes its size. */
function selectionIn(matrix: Readonly<Ref<Matrix>>, day: Readonly<Ref<number>>, onlyDay: Readonly<Ref<number | null>>) {
  const byHand = shallowRef<GridSelection | null>(null)
  const shown = computed(() => onlyDay.value === null ? matrix.value : dayMatrix(matrix.value, onlyDay.value))
  const rows = computed(() => flatRows(shown.value))
  const selection = computed<GridSelection>(() => {
    const size = { rows: Math.max(1, rows.value.length), cols: 7 }
    const first = { row: Math.max(0, rows.value.findIndex(({ row }) => row.cells[day.value])), col: day.value }
    const { at, anchor } = byHand.value ?? { at: first, anchor: first }
    const inside = ({ row, col }: GridPlace): GridPlace => keepInside({ row, col: onlyDay.value ?? col }, size)
    return { at: inside(at), anchor: inside(anchor) }
  })
  const here = computed(() => rows.value[selection.value.at.row])
  const select = (next: GridSelection): void => { byHand.value = next }
  const shift = computed(() => here.value?.row.cells[selection.value.at.col] ?? null)
  const where = computed(() => {
    if (!here.value) return null
    const { group, row } = here.value
    return { place: group.place, post_name: group.post_name, row, day: selection.value.at.col }
  })
  const chosen = computed(() => selectedShifts(shown.value, selection.value).flat().filter(s => s !== null))
  return { shown, selection, select, shift, where, chosen }
}

/** Posts in the fixed order of the tree: estate, building, name. */
function sortPosts(data: WeekData, tree: OrgTree): LabelledPost[] {
  return data.posts
    .map((post) => {
      const { org_unit_id: unit } = post
      return { post: { ...post, label: placeLabel(tree, unit) }, key: treeOrder(tree, unit) }
    })
    .sort((a, b) => byName(a.key, b.key) || byName(a.post.name, b.post.name) || (a.post.id < b.post.id ? -1 : 1))
    .map(p => p.post)
}
