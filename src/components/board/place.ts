import type { PlaceState } from '#domain/coverage.ts'
import type { IconName } from '../ui/kit.ts'

export const STATE_ICON: Record<PlaceState, IconName> = {
  on: 'st-on',
  acc: 'st-acc',
  hand: 'st-hand',
  vac: 'st-vac',
  idle: 'st-full',
}
/** One letter per storey look; see the tile's classes. */
export const STOREY: Record<PlaceState, string> = { on: 'o', acc: 'a', hand: 'h', vac: 'v', idle: 'i' }

export interface StateCount { state: Exclude<PlaceState, 'idle'>, people: number, buildings: number }
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
}
