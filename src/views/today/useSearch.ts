import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { HitGroup } from '#domain/searchRank.ts'
import type { SearchRow } from '#queries/searchRows.ts'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { assertNever } from '#domain/codes.ts'
import { searchRank } from '#domain/searchRank.ts'
import { pinyinOf } from '#io/text.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { searchRows } from '#queries/searchRows.ts'
import { useKeeper } from '#views/organisations/useKeeper.ts'
import { useStanding } from '#views/shell/useStanding.ts'

export interface Search {
  /** what is typed; it stands in the address, so that Back comes back to it */
  query: string
  readonly groups: HitGroup<SearchRow>[]
  readonly ready: boolean
}

/** The page of something that was found. */
export function pageOf({ kind, id, at }: SearchRow): RouteLocationRaw {
  switch (kind) {
    case 'person': return { name: 'people', query: { person: id } }
    case 'building':
    case 'post': return { name: 'board', query: { at: at ?? '' } }
    case 'unit': return { name: 'unit', params: { id } }
    case 'organisation': return { name: 'organisation', params: { id } }
    default: return assertNever(kind)
  }
}

type Spelling = Map<string, { pinyin: string, initials: string }>

/**
 * The pinyin of names that nobody has spelled yet: places, units, organisations. The dictionary is large, so it is
 * fetched only for who types letters; until it is here, and where it cannot be fetched, names are found by characters.
 */
function useSpelling(
  rows: Readonly<Ref<SearchRow[] | undefined>>, query: Readonly<Ref<string>>,
): ShallowRef<Spelling> {
  const spelling = shallowRef<Spelling>(new Map())
  async function spell(): Promise<void> {
    const names = [...new Set((rows.value ?? []).filter(r => !r.spelled).map(r => r.name))]
    const missing = names.filter(name => !spelling.value.has(name))
    if (missing.length === 0 || !/[a-z]/i.test(query.value)) return
    const words = await pinyinOf(missing)
    spelling.value = new Map([...spelling.value, ...missing.map((name, i) => [name, words[i]!] as const)])
  }
  watch([rows, query], () => { spell().catch(() => undefined) }, { immediate: true })
  return spelling
}

/** One search over people, buildings, posts, units and organisations, on the phone, offline too. */
export function useSearch(): Search {
  const db = useDb()
  const route = useRoute()
  const router = useRouter()
  const { community } = useStanding()
  const keeper = useKeeper()
  // the address follows the field and not the other way round: it comes later than the next key
  const query = ref(typeof route.query.q === 'string' ? route.query.q : '')
  watch(query, q => void router.replace({ query: q === '' ? {} : { q } }))
  const rows = useLiveQuery(
    () => searchRows(db, community.value, keeper.value?.id ?? null), () => [community.value, keeper.value?.id])
  const spelling = useSpelling(rows, query)
  const groups: ComputedRef<HitGroup<SearchRow>[]> = computed(() => searchRank(
    (rows.value ?? []).map(row => ({ ...row, ...spelling.value.get(row.spelled ? '' : row.name) })),
    query.value,
  ))
  return reactive({ query, groups, ready: computed(() => rows.value !== undefined) })
}
