import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'

/** What a new one-time link carries: `token` is shown once, as a link or a code; `expires_at` ISO. */
export const ONE_TIME_LINK = { token: v.string(), expires_at: MOMENT }
export type OneTimeLink = AppliedAnswer<typeof ONE_TIME_LINK>

const INVITATION_LINK = v.object({ responder_id: v.string(), name: v.string(), ...ONE_TIME_LINK })
/** A one-time link for one record of a person. */
export type InvitationLink = v.InferOutput<typeof INVITATION_LINK>

/** Makes one-time links for people who have no login yet. Refused forbidden: one is not the caller's to invite. */
export function invite(
  connection: Connection, responderIds: string[],
): Promise<{ status: 'applied', invitations: InvitationLink[] } | Setback> {
  return act(connection, 'invite', { p_responder_ids: responderIds }, { invitations: v.array(INVITATION_LINK) })
}

/**
 * Makes a one-time link for a person who forgot the password; the login, and what it has not sent, stay.
 * Refused forbidden: not the caller's to reset; gone: the person has no login.
 */
export function issueReset(connection: Connection, responderId: string): Promise<OneTimeLink | Setback> {
  return act(connection, 'issue_reset', { p_responder_id: responderId }, ONE_TIME_LINK)
}

/**
 * Fetches the contact that a resident left with a request, as they wrote it. The look is logged with the reason, and
 * ends at `until` (ISO). It is never stored on this phone. Refused forbidden: not a coordinator of that community;
 * no_contact: none was left, or it is older than 30 days; invalid (field reason), too_many_tries.
 */
export function revealRequest(
  connection: Connection, requestId: string, reason: string,
): Promise<{ status: 'applied', contact: string, until: string } | Setback> {
  const contact = { contact: v.string(), until: MOMENT }
  return act(connection, 'reveal_request', { p_request_id: requestId, p_reason: reason }, contact)
}

const CONTACT = v.object({ responder_id: v.string(), phone: v.string() })

/**
 * Fetches the numbers of at most 300 people for an export. Each look is logged with the reason. People outside the
 * caller's communities, and people without a number, are left out. Nothing is stored on this phone. Refused forbidden:
 * nobody is left; invalid (field reason or responders), too_many_tries: three lists an hour.
 */
export function revealList(
  connection: Connection, responderIds: string[], reason: string,
): Promise<{ status: 'applied', contacts: v.InferOutput<typeof CONTACT>[] } | Setback> {
  const args = { p_responder_ids: responderIds, p_reason: reason }
  return act(connection, 'reveal_list', args, { contacts: v.array(CONTACT) })
}

/**
 * Fetches a phone number in full. The look is logged with the reason, and ends at `until` (ISO). The number is never
 * stored on this phone. Refused not_on_duty_together, no_contact, invalid (field reason), too_many_tries.
 */
export function revealContact(
  connection: Connection, responderId: string, reason: string,
): Promise<{ status: 'applied', phone: string, until: string } | Setback> {
  const contact = { phone: v.string(), until: MOMENT }
  return act(connection, 'reveal_contact', { p_responder_id: responderId, p_reason: reason }, contact)
}
