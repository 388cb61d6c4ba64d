import type { Tower } from '#components/board/tower.ts'
import type { UnitCover } from '#domain/coverage.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { OrgLevel } from '#domain/rows.ts'
import { byName, placeLabel } from '#domain/orgTree.ts'

export interface TowerGroupLine { id: string, name: string, grid: string | null, towers: Tower[] }

/** Tiles by estate, in the fixed order of the tree; what stands outside every estate comes last under `elsewhere`. */
export function towerGroups(
  covers: Iterable<UnitCover>,
  tree: OrgTree,
  elsewhere: string,
  levelName: (level: OrgLevel) => string,
): TowerGroupLine[] {
  const groups = new Map<string, TowerGroupLine & { key: string }>()
  for (const cover of covers) {
    const estate = tree.at(cover.org_unit_id, 'estate')
    const id = estate?.id ?? ''
    const group = groups.get(id)
      ?? {
        id,
        key: estate ? sortKey(tree, id) : '~',
        name: estate?.name ?? elsewhere,
        grid: (estate && tree.at(id, 'grid')?.name) ?? null,
        towers: [],
      }
    groups.set(id, group)
    const unit = tree.get(cover.org_unit_id)
    const label = placeLabel(tree, cover.org_unit_id)
    const building = unit?.level === 'building'
    const name = building || !unit ? unit?.name ?? '' : levelName(unit.level)
    group.towers.push({
      id: cover.org_unit_id,
      name,
      full_name: building ? label : `${label} ${name}`,
      state: cover.state,
      places: cover.storeys,
      sort: building ? unit.sort : -1,
    })
  }
  for (const group of groups.values()) group.towers.sort((a, b) => a.sort - b.sort || byName(a.name, b.name))
  return [...groups.values()].sort((a, b) => byName(a.key, b.key))
}

function sortKey(tree: OrgTree, id: string): string {
  return tree.chain(id).reverse().map(n => `${String(n.sort).padStart(6, '0')}${n.name}`).join('/')
}
