import type { OrgUnit, Post } from '#domain/rows.ts'
import { computed, reactive, ref } from 'vue'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { placeRows } from '#queries/placeRows.ts'

export interface BuildingLine { unit: OrgUnit, posts: Post[] }
/** An estate, or what lies in none; with its grid's name, its own posts, and its buildings. */
export interface EstateLine { unit: OrgUnit, grid: string | null, posts: Post[], buildings: BuildingLine[] }

export interface Places {
  readonly ready: boolean
  query: string
  readonly estates: EstateLine[]
  readonly units: OrgUnit[]
  /** the community itself; null while this phone does not know it */
  readonly here: OrgUnit | null
  readonly grids: OrgUnit[]
}

/** The estates, buildings and posts of a community on this phone; a query leaves what holds its words. */
export function usePlaces(community: () => string | null): Places {
  const db = useDb()
  const rows = useLiveQuery(async () => community() ? placeRows(db, community()!) : null, community)
  const query = ref('')
  const units = computed(() => rows.value?.units ?? [])
  const postsAt = (id: string): Post[] => (rows.value?.posts ?? []).filter(p => p.org_unit_id === id)
  const estates = computed<EstateLine[]>(() => {
    const wanted = query.value.trim()
    const hit = (...names: string[]): boolean => names.join(' ').includes(wanted)
    const name = (id: string | null): string | null =>
      units.value.find(u => u.id === id && u.level === 'grid')?.name ?? null
    return units.value.filter(u => u.level === 'estate').map((unit) => {
      const inside = units.value.filter(u => u.parent_id === unit.id && u.level === 'building')
      const buildings = inside.map(b => ({ unit: b, posts: postsAt(b.id) }))
        .filter(b => hit(unit.name, b.unit.name, ...b.posts.map(p => p.name)))
      const posts = postsAt(unit.id).filter(p => hit(unit.name, p.name))
      return { unit, grid: name(unit.parent_id), posts, buildings }
    }).filter(e => hit(e.unit.name) || e.buildings.length > 0 || e.posts.length > 0)
  })
  return reactive({
    ready: computed(() => rows.value !== undefined),
    query,
    estates,
    units,
    here: computed(() => units.value.find(u => u.level === 'community') ?? null),
    grids: computed(() => units.value.filter(u => u.level === 'grid')),
  })
}
