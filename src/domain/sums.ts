import type { ShiftState } from './words.ts'

/** Counts only, for officers; `accepted` = bound and not there yet, `on_post` = there. Scope sum:<community>. */
export interface ShiftCount {
  id: string, community_id: string, org_unit_id: string, place_name: string, post_name: string, starts_at: string
  ends_at: string, capacity: number, accepted: number, on_post: number, state: ShiftState, callout_id: string | null
  drill: 'yes' | 'no'
}
export interface CommunitySum {
  id: string, name: string, street_name: string | null, duty_line: string | null, buildings: number, people: number
}
