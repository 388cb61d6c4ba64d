import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/answers.ts'
import { act } from './answer.ts'

/** A one-time link: `token` is shown once, as a link or a code; `expires_at` ISO. */
export const ONE_TIME_LINK = { token: v.string(), expires_at: MOMENT }
const INVITATION_LINK = v.object({ responder_id: v.string(), name: v.string(), ...ONE_TIME_LINK })
/** A one-time link for one record of a person. */
export type InvitationLink = v.InferOutput<typeof INVITATION_LINK>

/** Makes one-time links for people who have no login yet. */
export function invite(
  connection: Connection,
  responderIds: string[],
): Promise<{ status: 'applied', invitations: InvitationLink[] } | Setback> {
  return act(connection, 'invite', { p_responder_ids: responderIds }, { invitations: v.array(INVITATION_LINK) })
}
