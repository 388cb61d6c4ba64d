import type { Tower } from '#components/board/place.ts'
import type { UnitCover } from '#domain/coverage.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { OrgLevel } from '#domain/words.ts'
import { byName, placeLabel, treeOrder } from '#domain/orgTree.ts'

export interface TowerGroupLine { id: string, name: string, grid: string | null, towers: Tower[] }

/** Tiles by estate, in the fixed order of the tree; what stands outside every estate comes last under `elsewhere`. */
export function towerGroups(
  covers: Iterable<UnitCover>,
  drills: ReadonlyMap<string, UnitCover>,
  tree: OrgTree,
  elsewhere: string,
  levelName: (level: OrgLevel) => string,
): TowerGroupLine[] {
  const groups = new Map<string, TowerGroupLine>()
  for (const cover of covers) {
    const estate = tree.at(cover.org_unit_id, 'estate')
    const id = estate?.id ?? ''
    const grid = (estate && tree.at(id, 'grid')?.name) ?? null
    const group = groups.get(id) ?? { id, name: estate?.name ?? elsewhere, grid, towers: [] }
    groups.set(id, group)
    const drill = drills.get(cover.org_unit_id)?.capacity ?? 0
    group.towers.push({ ...towerOf(cover, tree, levelName), drill })
  }
  for (const group of groups.values()) group.towers.sort((a, b) => a.sort - b.sort || byName(a.name, b.name))
  const order = (group: TowerGroupLine): string => group.id === '' ? '~' : treeOrder(tree, group.id)
  return [...groups.values()].sort((a, b) => byName(order(a), order(b)))
}

/** The tile of a unit. One that is no building, such as an estate with a gate, is named by level and comes first. */
function towerOf(cover: UnitCover, tree: OrgTree, levelName: (level: OrgLevel) => string): Omit<Tower, 'drill'> {
  const unit = tree.get(cover.org_unit_id)
  const label = placeLabel(tree, cover.org_unit_id)
  const building = unit?.level === 'building'
  const name = building || !unit ? unit?.name ?? '' : levelName(unit.level)
  return {
    id: cover.org_unit_id,
    name,
    full_name: building ? label : `${label} ${name}`,
    state: cover.state,
    places: cover.storeys,
    sort: building ? unit.sort : -1,
  }
}
