import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'
import { ONE_TIME_LINK } from './invite.ts'

/** Makes a one-time link for a person who forgot the password; the login, and what it has not sent, stay. */
export function issueReset(
  connection: Connection,
  responderId: string,
): Promise<{ status: 'applied', token: string, expires_at: string } | Setback> {
  return act(connection, 'issue_reset', { p_responder_id: responderId }, ONE_TIME_LINK)
}
