import type { CoverRequest } from '#domain/rows.ts'

/** What a request is without a taker. */
export const OPEN_AGAIN = {
  state: 'open', taker_id: null, taker_name: null, taker_assignment_id: null, claimed_at: null,
} as const satisfies Partial<CoverRequest>
