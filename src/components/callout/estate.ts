import type { OrgTree } from '#domain/orgTree.ts'
import type { OrgUnit } from '#domain/rows.ts'
import { byName, treeOrder } from '#domain/orgTree.ts'

/** An estate with its buildings, as the call-out form offers them. */
export interface EstateChoice {
  id: string, name: string, grid: string | null, buildings: { id: string, name: string }[]
}

/** Whether all, some or none of an estate's buildings are chosen; the box is mixed for `some`. */
export function estateState(estate: EstateChoice, chosen: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const n = estate.buildings.filter(b => chosen.has(b.id)).length
  if (n === 0) return 'none'
  return n === estate.buildings.length ? 'all' : 'some'
}

/** Ticking a box that is empty or mixed takes the whole estate, ticking a full one drops it. */
export function toggleEstate(estate: EstateChoice, chosen: readonly string[]): string[] {
  const own = new Set(estate.buildings.map(b => b.id))
  const others = chosen.filter(id => !own.has(id))
  return estateState(estate, new Set(chosen)) === 'all' ? others : [...others, ...own]
}

/** Adds a building, or drops it. */
export function toggleUnit(id: string, chosen: readonly string[]): string[] {
  return chosen.includes(id) ? chosen.filter(other => other !== id) : [...chosen, id]
}

/** The units a post kind stands at: gates belong to estates, everything else to the chosen buildings. */
export function postUnits(kind: string, estates: readonly EstateChoice[], chosen: readonly string[]): string[] {
  const picked = new Set(chosen)
  return kind === 'gate' ? estates.filter(e => estateState(e, picked) !== 'none').map(e => e.id) : [...chosen]
}

type Unit = Pick<OrgUnit, 'id' | 'level' | 'name' | 'sort' | 'parent_id'>

/** Estates with their buildings, in the order of the tree; buildings without an estate stand under their parent. */
export function estateChoices(units: readonly Unit[], tree: OrgTree): EstateChoice[] {
  const groups = new Map<string, EstateChoice>()
  for (const unit of [...units].sort((a, b) => a.sort - b.sort || byName(a.name, b.name))) {
    if (unit.level !== 'building') continue
    const home = tree.at(unit.id, 'estate') ?? tree.get(unit.parent_id ?? '')
    if (!home) continue
    const grid = home.level === 'estate' ? tree.at(home.id, 'grid')?.name ?? null : null
    const group = groups.get(home.id) ?? { id: home.id, name: home.name, grid, buildings: [] }
    groups.set(home.id, group)
    group.buildings.push({ id: unit.id, name: unit.name })
  }
  return [...groups.values()].sort((a, b) => byName(treeOrder(tree, a.id), treeOrder(tree, b.id)))
}
