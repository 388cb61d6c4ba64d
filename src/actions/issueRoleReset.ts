import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'
import { ONE_TIME_LINK } from './invite.ts'

/** Makes a one-time password link for somebody with a role, by the sign-in name; for whoever may appoint to that role. */
export function issueRoleReset(
  connection: Connection,
  signInName: string,
): Promise<{ status: 'applied', token: string, expires_at: string } | Setback> {
  return act(connection, 'issue_role_reset', { p_sign_in_name: signInName }, ONE_TIME_LINK)
}
