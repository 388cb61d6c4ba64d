import type { PlaceState } from '#domain/coverage.ts'

/** One tile: `state` is the worst of its places, one storey per place. */
export interface Tower {
  id: string, name: string, full_name: string, state: PlaceState, places: PlaceState[], sort: number
}
