import type { Applied } from '#gateway/answers.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/answers.ts'
import { act } from './answer.ts'

/** Shifts that were given back, to be shown by name. */
export const RELEASED = { released: v.array(v.object({ starts_at: MOMENT, place_name: v.string() })) }
export type Released = Applied<typeof RELEASED>

/** Ends my report-in with a community; my future shifts there are given back first. */
export function leaveCommunity(connection: Connection, communityId: string): Promise<Released | Setback> {
  return act(connection, 'leave_community', { p_community_id: communityId }, RELEASED)
}
