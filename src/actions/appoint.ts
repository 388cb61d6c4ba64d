import type { Role } from '#domain/rows.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'
import { ONE_TIME_LINK } from './invite.ts'

/** Makes a one-time link that gives a role on an org unit to somebody who has no login. `name` is the person's own. */
export function appoint(
  connection: Connection,
  orgUnitId: string,
  role: Role,
  name: string,
): Promise<{ status: 'applied', token: string, expires_at: string } | Setback> {
  return act(connection, 'appoint', { p_org_unit_id: orgUnitId, p_role: role, p_name: name }, ONE_TIME_LINK)
}
