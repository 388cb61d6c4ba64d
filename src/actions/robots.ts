import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

export const ROBOT_SEEN = v.object({
  id: v.string(),
  kind: v.picklist(['wecom', 'dingtalk', 'feishu']),
  tail: v.string(),
  state: v.picklist(['untested', 'working', 'failing']),
})
/** What a client may know of a robot: never its address. `tail` = the last four characters of it. */
export type RobotSeen = v.InferOutput<typeof ROBOT_SEEN>
export type RobotKind = RobotSeen['kind']

/** The group robots of a community, for its coordinators. */
export function robots(
  connection: Connection,
  communityId: string,
): Promise<{ status: 'applied', robots: RobotSeen[] } | Setback> {
  return act(connection, 'robots', { p_community_id: communityId }, { robots: v.array(ROBOT_SEEN) })
}
