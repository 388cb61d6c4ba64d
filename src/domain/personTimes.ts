import type { HourCode } from './weekParts.ts'
import type { WishTurns } from './words.ts'

/*
 * When people are away, when they can serve, and what they wish: rows that a phone receives, as those of rows.ts.
 */

/**
 * When a person is away (请假); half-open like every span. `by_name`: the coordinator who entered it for them.
 * Scopes user:<login>, lead:<community> of each report-in; colleagues never see it.
 */
export interface Absence {
  id: string, responder_id: string, starts_at: string, ends_at: string, reason: string | null, by_name: string | null
  /** said with 今天不行 */
  today: boolean
}
/**
 * When a person can serve (可值守时间); its id is the person's. fits: the parts of a week that suit, null = all do.
 * ready_until: they said 今天可以. `by_name`: the coordinator who entered the hours. Scopes as of an absence.
 */
export interface Availability {
  id: string, fits: HourCode[] | null, ready_until: string | null, by_name: string | null
}
/** What a person (`id`) wishes of the automatic roster (值班意愿); nights no = rather not. Scopes as of an absence. */
export interface Wish { id: string, turns: WishTurns, nights: 'yes' | 'no' }
