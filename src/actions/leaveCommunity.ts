import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** Shifts that were given back, to be shown by name. */
export interface Released { status: 'applied', released: { starts_at: string, place_name: string }[] }

/** Ends my report-in with a community; my future shifts there are given back first. */
export function leaveCommunity(connection: Connection, communityId: string): Promise<Released | Setback> {
  return act(connection, 'leave_community', { p_community_id: communityId })
}
