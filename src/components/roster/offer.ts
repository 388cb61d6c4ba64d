import type { Judgement } from './judge.ts'

/** How a person stands to a shift: nothing speaks against them, something is to be weighed first, or they cannot. */
export type Stand = 'free' | 'weigh' | 'blocked'
/** How many people can be put on a shift. */
export interface CanServe { free: number, weigh: number }

/** How many people the picker offers at once; a name finds the others. */
export const OFFERED = 30
const ORDER: readonly Stand[] = ['free', 'weigh', 'blocked']

/** How somebody stands to a shift who was judged so. */
export function standOf({ blocked, soft }: Judgement): Stand {
  if (blocked) return 'blocked'
  return soft.length > 0 ? 'weigh' : 'free'
}

/** People by how they stand, in their own order within each group; who was not judged comes last. Nobody is ranked. */
export function inGroups<T extends { id: string }>(people: readonly T[], stands: ReadonlyMap<string, Stand>): T[] {
  const placed = ORDER.flatMap(stand => people.filter(p => stands.get(p.id) === stand))
  return [...placed, ...people.filter(p => !stands.has(p.id))]
}

/** How many of the judged can be put there. */
export function countCan(stands: ReadonlyMap<string, Stand>): CanServe {
  const count = (stand: Stand): number => [...stands.values()].filter(s => s === stand).length
  return { free: count('free'), weigh: count('weigh') }
}
