import type { Ref } from 'vue'
import type { MatrixRows } from '#components/roster/buildMatrix.ts'
import type {
  GridPlace, GridSelection, Matrix, MatrixFilter, MatrixRow, MatrixShift,
} from '#components/roster/matrix.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { Post } from '#domain/rows.ts'
import type { Days, RosterData } from '#queries/rosterRows.ts'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { keepInside } from '#components/roster/gridKeys.ts'
import { keepSame } from '#components/roster/keepSame.ts'
import { dayMatrix, filterMatrix, flatRows, selectedShifts } from '#components/roster/matrix.ts'
import { isInDoubt } from '#domain/close.ts'
import { byName, orgTree, placeLabel, treeOrder } from '#domain/orgTree.ts'
import { atShanghai, DAY, daysBetween } from '#domain/time.ts'
import { storedName } from '#i18n/storedName.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { rosterRows } from '#queries/rosterRows.ts'
import { useRestDays } from './useRestDays.ts'
import { useUnseenEdits } from './useUnseenEdits.ts'

/** The week or month of a community; `starts`, `days`, `day` and `oneDay` as in Period. */
export interface RosterOf {
  community: string | null, starts: number, days: number, day: string, oneDay: boolean
  /** what was chosen by hand, from one period to the next */
  filter?: RosterFilter
}
/** `estate`: its id, '' for all; null = nothing was chosen. */
export interface RosterFilter extends MatrixFilter { estate: string | null }
export interface LabelledPost extends Post { label: string }

/** What a screen shows of a week or month, and what is selected in it. */
export interface Roster {
  /** undefined until the community is known and the disk has answered */
  readonly data: RosterData | undefined
  /** all of it, whatever estate and day are shown */
  readonly whole: Matrix
  /** the posts of the chosen estate, or of all */
  readonly matrix: Matrix
  /** the matrix as it is shown: all of it, or the rows of one day */
  readonly shown: Matrix
  /** what places and people are called here */
  readonly names: Pick<MatrixRows, 'placeName' | 'personName'>
  readonly posts: LabelledPost[]
  readonly estates: { id: string, name: string }[]
  estate: string
  /** what was chosen by hand */
  readonly filter: RosterFilter
  /** `YYYY-MM-DD` */
  readonly days: string[]
  readonly restDays: string[]
  /** years whose holidays are not known, so that only weekends count as free */
  readonly unknownYears: number[]
  readonly label: string
  day: number
  /** the day shown alone, from 0, or null for all */
  readonly onlyDay: number | null
  readonly selection: GridSelection
  select: (selection: GridSelection) => void
  /** the shift that has the focus, and where it is */
  readonly shift: MatrixShift | null
  readonly where: { place: string, post_name: string, row: MatrixRow, day: string } | null
  /** every shift of the selected range */
  readonly chosen: MatrixShift[]
}
export interface RosterOptions {
  /** which shifts; all when left out */
  only?: (shift: RosterData['shifts'][number]) => boolean
  /** reads only the day that is shown, so that a slow phone need not read all */
  lean?: boolean
}

/** More posts than this are shown one estate at a time. */
const MANY_POSTS = 24
const NOTHING: RosterData = {
  posts: [], units: [], rosters: [], shifts: [], assignments: [], drafts: [], absences: [],
  availability: new Map(), edits: [], drills: new Set(),
}

/** The roster of some days as a screen shows it. `of` is reactive: the props of the screen. */
export function useRoster(of: Readonly<RosterOf>, options: RosterOptions = {}): Roster {
  const { t } = useI18n()
  const day = ref(daysBetween(of.starts, atShanghai(of.day)))
  const onlyDay = computed(() => of.oneDay ? day.value : null)
  const { saw, ...rows } = rowsOf(of, options, onlyDay)
  const days = computed(() => rows.whole.value.days)
  const selected = selectionIn(rows.matrix, day, onlyDay)
  // a mark stays while the person reads it
  watch(selected.shift, (now, before) => { if (before && before.id !== now?.id) saw(before) })
  return reactive({
    ...rows,
    ...selected,
    days,
    ...useRestDays(days),
    label: computed(() => t('roster.matrix', { from: days.value[0] ?? '', to: days.value.at(-1) ?? '' })),
    day,
    onlyDay,
  })
}

/** The rows of these days, the matrix built from them, and the estate it is narrowed to. */
function rowsOf(of: Readonly<RosterOf>, options: RosterOptions, onlyDay: Readonly<Ref<number | null>>) {
  const { only = () => true, lean = false } = options
  const db = useDb()
  const { t } = useI18n()
  const asked = (): Days => lean && onlyDay.value !== null
    ? { starts: of.starts + onlyDay.value * DAY, days: 1 }
    : { starts: of.starts, days: of.days }
  const ask = async () => of.community ? rosterRows(db, of.community, asked()) : undefined
  const data = useLiveQuery(ask, () => [of.community, asked()])
  const tree = computed(() => orgTree(data.value?.units ?? []))
  const posts = computed(() => sortPosts(data.value ?? NOTHING, tree.value))
  const names: Roster['names'] = {
    placeName: id => placeLabel(tree.value, id), personName: name => storedName(name, t),
  }
  const { isUnseen, saw } = useUnseenEdits()
  const now = useNow()
  /** as text, so that the matrix is built again when another place is in doubt, and not with every second */
  const doubts = computed(() =>
    (data.value?.assignments ?? []).filter(a => isInDoubt(a, now.value)).map(a => a.id).join(' '))
  const whole = computed<Matrix>(was => keepSame(was, buildMatrix({
    ...data.value ?? NOTHING,
    doubts: new Set(doubts.value.split(' ')),
    edits: (data.value?.edits ?? []).filter(isUnseen),
    shifts: (data.value?.shifts ?? []).filter(only),
    starts: of.starts,
    days: of.days,
    posts: posts.value,
    ...names,
  })))
  const estateOf = (unit: string): string => tree.value.at(unit, 'estate')?.id ?? ''
  const estates = computed(() => {
    const ids = new Set(whole.value.groups.map(g => estateOf(g.org_unit_id)).filter(id => id !== ''))
    return [...ids].map(id => ({ id, name: tree.value.get(id)?.name ?? '' }))
  })
  const own = reactive<RosterFilter>({ estate: null, post: '', person: '', gaps: false })
  const filter = computed(() => of.filter ?? own)
  const usual = computed(() => whole.value.groups.length > MANY_POSTS ? estates.value[0]?.id ?? '' : '')
  /** what was shown first; new shifts do not narrow it behind the person's back */
  const first = ref<string | null>(null)
  watch(() => whole.value.groups.length > 0, (any) => { if (any) first.value ??= usual.value }, { immediate: true })
  const estate = computed({
    get: () => filter.value.estate ?? first.value ?? usual.value,
    set: (id: string) => { filter.value.estate = id },
  })
  const matrix = computed<Matrix>(() => {
    const { days, groups } = whole.value
    const here = groups.filter(g => estate.value === '' || estateOf(g.org_unit_id) === estate.value)
    return filterMatrix({ days, groups: here }, filter.value)
  })
  return { data, whole, matrix, names, posts, estates, estate, filter, saw }
}

/** What is selected in the matrix; kept inside it when a sync, another day or another estate changes its size. */
function selectionIn(matrix: Readonly<Ref<Matrix>>, day: Readonly<Ref<number>>, onlyDay: Readonly<Ref<number | null>>) {
  const byHand = shallowRef<GridSelection | null>(null)
  const shown = computed(() => onlyDay.value === null ? matrix.value : dayMatrix(matrix.value, onlyDay.value))
  const rows = computed(() => flatRows(shown.value))
  const selection = computed<GridSelection>(() => {
    const size = { rows: Math.max(1, rows.value.length), cols: matrix.value.days.length }
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
    return { place: group.place, post_name: group.post_name, row, day: shown.value.days[selection.value.at.col] ?? '' }
  })
  const chosen = computed(() => selectedShifts(shown.value, selection.value).flat().filter(s => s !== null))
  return { shown, selection, select, shift, where, chosen }
}

/** Posts in the fixed order of the tree: estate, building, name. */
function sortPosts(data: RosterData, tree: OrgTree): LabelledPost[] {
  return data.posts
    .map((post) => {
      const { org_unit_id: unit } = post
      return { post: { ...post, label: placeLabel(tree, unit) }, key: treeOrder(tree, unit) }
    })
    .sort((a, b) => byName(a.key, b.key) || byName(a.post.name, b.post.name) || (a.post.id < b.post.id ? -1 : 1))
    .map(p => p.post)
}
