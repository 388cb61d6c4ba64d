import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** Takes a robot out, with what it had to say. */
export function dropRobot(connection: Connection, robotId: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'drop_robot', { p_robot_id: robotId }, {})
}
