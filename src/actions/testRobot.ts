import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** Has a robot say that it works; its state tells a few seconds later whether it did. */
export function testRobot(connection: Connection, robotId: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'test_robot', { p_robot_id: robotId }, {})
}
