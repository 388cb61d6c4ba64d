import type { OrgUnit } from './rows.ts'
import type { OrgLevel } from './words.ts'

const collator = new Intl.Collator('zh-CN', { numeric: true })

/**
 * Compares two names as a Chinese reader would: 2栋 before 10栋. One collator for all, because making one costs a hundred
 * comparisons.
 */
export function byName(a: string, b: string): number {
  return collator.compare(a, b)
}

type Node = Pick<OrgUnit, 'id' | 'level' | 'name' | 'parent_id' | 'sort'>

/** Look-ups over the units one phone knows; units above the community are usually not among them. */
export interface OrgTree {
  get: (id: string) => Node | undefined
  /** the unit itself, then its parent, …; ends where the parent is unknown */
  chain: (id: string) => Node[]
  /** nearest unit of a level on the chain */
  at: (id: string, level: OrgLevel) => Node | undefined
  children: (id: string) => Node[]
}

/** Builds the look-ups; a cycle in bad data ends the chain instead of looping. */
export function orgTree(units: readonly Node[]): OrgTree {
  const byId = new Map(units.map(u => [u.id, u]))
  const chain = (id: string): Node[] => {
    const out: Node[] = []
    let node = byId.get(id)
    while (node && !out.includes(node)) {
      out.push(node)
      node = node.parent_id ? byId.get(node.parent_id) : undefined
    }
    return out
  }
  return {
    get: id => byId.get(id),
    chain,
    at: (id, level) => chain(id).find(n => n.level === level),
    children: id => units.filter(u => u.parent_id === id).sort((a, b) => a.sort - b.sort || byName(a.name, b.name)),
  }
}

/** 0 same unit, 1 same estate, 2 elsewhere in the community. */
export type Distance = 0 | 1 | 2

/** How far two units are apart by the tree; an unknown unit is far. */
export function distance(tree: OrgTree, a: string | null, b: string): Distance {
  if (a === b) return 0
  const estate = a ? tree.at(a, 'estate')?.id : undefined
  return estate !== undefined && estate === tree.at(b, 'estate')?.id ? 1 : 2
}

/**
 * '梧桐苑 6栋', never the building alone: its estate, else its grid; other units by their own name.
 * SQL: private.place.
 */
export function placeLabel(tree: OrgTree, id: string): string {
  const unit = tree.get(id)
  if (!unit) return ''
  const estate = tree.at(id, 'estate') ?? tree.at(id, 'grid')
  return unit.level === 'building' && estate ? `${estate.name} ${unit.name}` : unit.name
}

/** The nearest unit that holds all of some, below the community; null when they share none. */
export function sharedUnit(tree: OrgTree, ids: readonly string[]): string | null {
  const [first, ...rest] = [...new Set(ids)].map(id => tree.chain(id))
  const shared = first?.find(u => rest.every(chain => chain.some(x => x.id === u.id)))
  return shared && ['building', 'estate', 'grid'].includes(shared.level) ? shared.id : null
}

/** A unit's place in the fixed order of the tree, from the top down; to be compared by `byName`. */
export function treeOrder(tree: OrgTree, id: string): string {
  return tree.chain(id).reverse().map(n => `${String(n.sort).padStart(6, '0')}${n.name}`).join('/')
}
