import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

export type RobotKind = 'wecom' | 'dingtalk' | 'feishu'
/** What a client may know of a robot: never its address. `tail` = the last four characters of it. */
export interface RobotSeen { id: string, kind: RobotKind, tail: string, state: 'untested' | 'working' | 'failing' }

/** The group robots of a community, for its coordinators. */
export function robots(connection: Connection, communityId: string): Promise<{ status: 'applied', robots: RobotSeen[] } | Setback> {
  return act(connection, 'robots', { p_community_id: communityId })
}
