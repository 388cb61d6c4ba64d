import type { PlaceState } from '#domain/coverage.ts'
import type { IconName } from '../ui/kit.ts'

export const STATE_ICON: Record<PlaceState, IconName> = {
  on: 'st-on',
  acc: 'st-acc',
  hand: 'st-hand',
  vac: 'st-vac',
  idle: 'st-full',
}
/** The letter of a storey's class in a tile. */
export const STOREY: Record<PlaceState, string> = { on: 'o', acc: 'a', hand: 'h', vac: 'v', idle: 'i' }

/** One tile: `state` is the worst of its places, one storey per place. */
export interface Tower {
  id: string, name: string, full_name: string, state: PlaceState, places: PlaceState[], sort: number
  /** places of drills here, which count nowhere else; 0 = none */
  drill: number
}

/** People and buildings in one state. */
export interface StateCount { state: Exclude<PlaceState, 'idle'>, people: number, buildings: number }
/** One line of the list of gaps. */
export interface GapLine {
  key: string
  place: string
  post: string
  missing: number
  /** missing people × minutes, the sort key of the list */
  person_minutes: number
  /** when the shift is, in words */
  at: string
  /** how long empty, or how long until the start, in words */
  when: string
  /** why the place is empty, in words */
  reasons: string[]
  to: string
  /** of a drill: nobody is really missing */
  drill: boolean
}
