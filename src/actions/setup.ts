import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

const PROGRESS = {
  path: v.array(v.string()),
  coordinator: v.picklist(['none', 'invited', 'active']),
  buildings: v.number(),
  posts: v.number(),
  people: v.number(),
  invited: v.number(),
  rosters: v.number(),
}
/**
 * What a community has of what it needs, as counts; `invited` counts those who have an account or an invitation.
 * `path`: ids of units from the root down to the community.
 */
export type SetupProgress = AppliedAnswer<typeof PROGRESS>

/**
 * How far the set-up of a community has come. Refused forbidden: neither its coordinator nor an admin asks.
 * @param connection the server
 * @param communityId null = the one that has come furthest, for an admin
 */
export function setupProgress(connection: Connection, communityId: string | null): Promise<SetupProgress | Setback> {
  return act(connection, 'setup_progress', communityId === null ? {} : { p_community_id: communityId }, PROGRESS)
}
