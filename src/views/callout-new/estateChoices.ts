import type { EstateChoice } from '#components/callout/estate.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { OrgUnit } from '#domain/rows.ts'
import { byName } from '#domain/orgTree.ts'

type Unit = Pick<OrgUnit, 'id' | 'level' | 'name' | 'sort' | 'parent_id'>

/** Estates with their buildings in the fixed order of the tree; buildings without an estate stand under their parent. */
export function estateChoices(units: readonly Unit[], tree: OrgTree): EstateChoice[] {
  const groups = new Map<string, EstateChoice & { key: string }>()
  for (const unit of [...units].sort((a, b) => a.sort - b.sort || byName(a.name, b.name))) {
    if (unit.level !== 'building') continue
    const home = tree.at(unit.id, 'estate') ?? tree.get(unit.parent_id ?? '')
    if (!home) continue
    const group = groups.get(home.id)
      ?? {
        id: home.id,
        name: home.name,
        grid: home.level === 'estate' ? tree.at(home.id, 'grid')?.name ?? null : null,
        buildings: [],
        key: tree.chain(home.id).reverse().map(n => `${String(n.sort).padStart(6, '0')}${n.name}`).join('/'),
      }
    groups.set(home.id, group)
    group.buildings.push({ id: unit.id, name: unit.name })
  }
  return [...groups.values()].sort((a, b) => byName(a.key, b.key))
}
