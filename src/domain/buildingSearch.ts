import { byName } from './orgTree.ts'

/** A building to pick from; `name` with its estate, as cards show it. */
export interface BuildingChoice { id: string, name: string, grid: string | null }

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
const NUMBER = /\d+/g

/** How well a name fits one part of what was typed: 0 = exactly, 1 = a number begins so; null = not at all. */
function rank(name: string, part: string): 0 | 1 | null {
  if (!/^\d+$/.test(part)) return name.includes(part) ? 0 : null
  const numbers: readonly string[] = name.match(NUMBER) ?? []
  if (numbers.includes(part)) return 0
  return numbers.some(number => number.startsWith(part)) ? 1 : null
}

/**
 * The buildings that fit what somebody types: words anywhere in the name, numbers whole or by their beginning; 6 finds
 * 6 before 60. Nothing typed fits all of them.
 */
export function findBuildings<B extends BuildingChoice>(buildings: readonly B[], typed: string): B[] {
  const parts = typed.normalize('NFKC').toLowerCase().match(/\d+|[^\d\s]+/g) ?? []
  const ranked = buildings.flatMap((building) => {
    const name = fold(building.name)
    const ranks = parts.map(part => rank(name, part))
    return ranks.includes(null) ? [] : [{ building, at: Math.max(0, ...ranks.map(Number)) }]
  })
  return ranked.sort((a, b) => a.at - b.at || byName(a.building.name, b.building.name)).map(({ building }) => building)
}
