import type { ComputedRef, Ref } from 'vue'
import type { Matrix } from '#components/roster/matrix.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { Post } from '#domain/rows.ts'
import type { WeekData } from '#queries/weekRows.ts'
import { computed, ref } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { byName } from '#domain/order.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { useDb } from '#queries/useDb.ts'
import { useLiveQuery } from '#queries/useLiveQuery.ts'
import { weekRows } from '#queries/weekRows.ts'

export interface LabelledPost extends Post { label: string }
export interface RosterWeek {
  data: Readonly<Ref<WeekData | undefined>>
  /** what is shown: the posts of the chosen estate, or of all */
  matrix: ComputedRef<Matrix>
  /** the whole week, whatever estate is shown */
  whole: ComputedRef<Matrix>
  posts: ComputedRef<LabelledPost[]>
  estates: ComputedRef<{ id: string, name: string }[]>
  estate: Ref<string>
  tree: ComputedRef<OrgTree>
}

/** More posts than this are shown one estate at a time. */
const MANY_POSTS = 24
const NOTHING: WeekData = { posts: [], units: [], rosters: [], shifts: [], assignments: [], drafts: [] }

/**
 * One week of a community as the matrix shows it.
 * @param community the community chosen in the bar
 * @param starts ms of Monday 00:00 in Asia/Shanghai
 * @param only which shifts
 * @param day the one day that is shown, so that a slow phone need not read seven; null = all
 */
export function useRosterWeek(community: Readonly<Ref<string | null>>, starts: Readonly<Ref<number>>, only: (shift: WeekData['shifts'][number]) => boolean = () => true, day: Readonly<Ref<number | null>> = ref(null)): RosterWeek {
  const db = useDb()
  const data = useLiveQuery(async () => community.value ? weekRows(db, community.value, starts.value, day.value) : NOTHING, () => [community.value, starts.value, day.value])
  const tree = computed(() => orgTree(data.value?.units ?? []))
  const posts = computed(() => sortPosts(data.value ?? NOTHING, tree.value))
  const whole = computed(() => buildMatrix({ ...(data.value ?? NOTHING), shifts: (data.value?.shifts ?? []).filter(only), starts: starts.value, posts: posts.value, placeName: id => placeLabel(tree.value, id) }))
  const chosen = ref<string | null>(null)
  const estateOf = (unit: string): string => tree.value.at(unit, 'estate')?.id ?? ''
  const estates = computed(() => {
    const ids = new Set(whole.value.groups.map(g => estateOf(g.org_unit_id)).filter(id => id !== ''))
    return [...ids].map(id => ({ id, name: tree.value.get(id)?.name ?? '' }))
  })
  const estate = computed({ get: () => chosen.value ?? (whole.value.groups.length > MANY_POSTS ? estates.value[0]?.id ?? '' : ''), set: (id: string) => { chosen.value = id } })
  const matrix = computed<Matrix>(() => estate.value === '' ? whole.value : { days: whole.value.days, groups: whole.value.groups.filter(g => estateOf(g.org_unit_id) === estate.value) })
  return { data, matrix, whole, posts, estates, estate, tree }
}

/** Posts in the fixed order of the tree: estate, building, name. */
function sortPosts(data: WeekData, tree: OrgTree): LabelledPost[] {
  const order = (unit: string): string => tree.chain(unit).reverse().map(n => `${String(n.sort).padStart(6, '0')}${n.name}`).join('/')
  return data.posts
    .map(post => ({ post: { ...post, label: placeLabel(tree, post.org_unit_id) }, key: order(post.org_unit_id) }))
    .sort((a, b) => byName(a.key, b.key) || byName(a.post.name, b.post.name) || (a.post.id < b.post.id ? -1 : 1))
    .map(p => p.post)
}
