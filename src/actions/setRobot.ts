import type { ArgsOf } from '#gateway/functions.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import type { RobotKind, RobotSeen } from './robots.ts'
import { act } from './answer.ts'
import { ROBOT_SEEN } from './robots.ts'

/** Sets a community's robot of a kind, or gives it another address; null = no signing secret. */
export function setRobot(
  connection: Connection,
  communityId: string,
  kind: RobotKind,
  webhook: string,
  secret: string | null,
): Promise<{ status: 'applied', robot: RobotSeen } | Setback> {
  const args: ArgsOf<'set_robot'> = { p_community_id: communityId, p_kind: kind, p_webhook: webhook, p_secret: secret }
  return act(connection, 'set_robot', args, { robot: ROBOT_SEEN })
}
