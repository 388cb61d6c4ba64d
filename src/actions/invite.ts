import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** `token` is shown once, as a link or a code; `expires_at` ISO. */
export interface InvitationLink { responder_id: string, name: string, token: string, expires_at: string }

/** Makes one-time links for people who have no login yet. */
export function invite(connection: Connection, responderIds: string[]): Promise<{ status: 'applied', invitations: InvitationLink[] } | Setback> {
  return act(connection, 'invite', { p_responder_ids: responderIds })
}
