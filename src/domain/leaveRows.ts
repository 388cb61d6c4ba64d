import type { CoverState, LeaveReason, WishTurns } from './words.ts'

/**
 * When a person is away (请假); half-open like every span. `by_name`: the coordinator who entered it for them.
 * Scopes user:<login>, lead:<community> of each report-in; colleagues never see it.
 */
export interface Absence {
  id: string, responder_id: string, starts_at: string, ends_at: string, reason: string | null, by_name: string | null
}
/** What a person (`id`) wishes of the automatic roster (值班意愿); nights no = rather not. Scopes as of an absence. */
export interface Wish { id: string, turns: WishTurns, nights: 'yes' | 'no' }
/**
 * A request for cover (顶班). `responder_id`, `name`: the owner of the place; `taker_…`: who said yes, and the assignment
 * they get or would get; `with_…`: of a swap (换班), the place asked for in exchange. Scopes user:<login> of both; until
 * it is taken org:<community>:<yyyymm>, a swap lead:<community>.
 */
export interface CoverRequest {
  id: string, community_id: string, shift_id: string, assignment_id: string, responder_id: string, name: string
  state: CoverState, asked_at: string, claimed_at: string | null
  taker_id: string | null, taker_name: string | null, taker_assignment_id: string | null
  with_assignment_id: string | null, with_shift_id: string | null, with_name: string | null
}
/** Why it is asked, and the coordinator who asked for somebody else. Scope lead:<community>; no colleague sees it. */
export interface CoverLead {
  id: string, community_id: string, shift_id: string, reason: LeaveReason, by_name: string | null
}
