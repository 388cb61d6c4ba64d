import type { Connection } from '#gateway/supabase.ts'
import type { ArgsOf } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

const ROBOT = v.object({
  id: v.string(),
  kind: v.picklist(['wecom', 'dingtalk', 'feishu']),
  tail: v.string(),
  state: v.picklist(['untested', 'working', 'failing']),
})
/** What a client may know of a group robot: never its address. `tail` = the last four characters of it. */
export type Robot = v.InferOutput<typeof ROBOT>
export type RobotKind = Robot['kind']

/** The group robots of a community, for its coordinators; refused forbidden for others, here and in each call below. */
export function robots(
  connection: Connection, communityId: string,
): Promise<{ status: 'applied', robots: Robot[] } | Setback> {
  return act(connection, 'robots', { p_community_id: communityId }, { robots: v.array(ROBOT) })
}

/**
 * Sets a community's robot of a kind, or gives it another address. Refused invalid: `detail.field`.
 * @param connection the server
 * @param communityId whose group it speaks to
 * @param kind WeCom, DingTalk or Feishu
 * @param webhook its address, https, at most 500 characters
 * @param secret for signing; null = none
 */
export function setRobot(
  connection: Connection, communityId: string, kind: RobotKind, webhook: string, secret: string | null,
): Promise<{ status: 'applied', robot: Robot } | Setback> {
  const args: ArgsOf<'set_robot'> = { p_community_id: communityId, p_kind: kind, p_webhook: webhook, p_secret: secret }
  return act(connection, 'set_robot', args, { robot: ROBOT })
}

/** Takes a robot out, with what it had to say. */
export function dropRobot(connection: Connection, robotId: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'drop_robot', { p_robot_id: robotId }, {})
}

/** Has a robot say that it works; its `state` tells a few seconds later whether it did. Refused too_many_tries. */
export function testRobot(connection: Connection, robotId: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'test_robot', { p_robot_id: robotId }, {})
}
