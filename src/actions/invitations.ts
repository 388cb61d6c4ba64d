import type { SignUpAnswer } from '#gateway/auth.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer, ArgsOf } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { assertNever } from '#domain/codes.ts'
import { RESPONDER_KINDS } from '#domain/person.ts'
import { ALL_ROLES } from '#domain/roles.ts'
import { signInByEmail, signUp } from '#gateway/auth.ts'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'

const FACTS = {
  purpose: v.picklist(['responder', 'role', 'reset', 'setup']),
  email: v.string(),
  record_id: v.nullable(v.string()),
  role: v.nullable(v.picklist(ALL_ROLES)),
  kind: v.nullable(v.picklist(RESPONDER_KINDS)),
  person: v.nullable(v.string()),
  place: v.nullable(v.string()),
  sign_in_name: v.nullable(v.string()),
  expires_at: MOMENT,
}
/**
 * What a link is for; `email` is the hidden address behind the login it makes or resets, `record_id` the record of a
 * person that a community invites (purpose responder; null for the others), `kind` theirs; `role` the one it gives.
 * `expires_at` is ISO.
 */
export type InvitationFacts = AppliedAnswer<typeof FACTS>

/**
 * Reads a one-time link without using it up.
 * Refused invitation_invalid, invitation_used, invitation_expired or too_many_tries.
 */
export function readInvitation(connection: Connection, token: string): Promise<InvitationFacts | Setback> {
  return act(connection, 'invitation', { p_token: token }, FACTS)
}

/** Makes the login behind an invitation; a try that broke off after the sign-up goes on with the same password. */
async function loginFor(connection: Connection, invitation: InvitationFacts, password: string): Promise<SignUpAnswer> {
  const made = await signUp(connection, invitation.email, password)
  if (made.status !== 'taken') return made
  const known = await signInByEmail(connection, invitation.email, password)
  return known.status === 'wrong' ? { status: 'taken' } : known
}

/** weak: the sign-in service finds the password too easy. `login` is the id of the login, signed in by now. */
export type Redemption = { status: 'applied', sign_in_name: string, login: string } | Setback | { status: 'weak' }

async function redeem(
  connection: Connection, token: string, name: string | null, login: string,
): Promise<Redemption> {
  const question: ArgsOf<'redeem_invitation'> = { p_token: token, p_sign_in_name: name }
  const answer = await act(connection, 'redeem_invitation', question, { sign_in_name: v.string() })
  return answer.status === 'applied' ? { ...answer, login } : answer
}

/**
 * One guided step: has the password judged, makes the login behind the link, signs in and takes the link's rights.
 * Refused as `readInvitation` is, and weak_password: `detail.why`; name_taken; invalid (field sign_in_name).
 * @param connection the server
 * @param token of the link
 * @param invitation what `readInvitation` answered for it
 * @param password the person's new one
 * @param signInName only for setup and role links, else null: others sign in by mobile number
 */
export async function redeemInvitation(
  connection: Connection, token: string, invitation: InvitationFacts, password: string, signInName: string | null,
): Promise<Redemption> {
  const question: ArgsOf<'judge_password'> = { p_token: token, p_password: password, p_sign_in_name: signInName }
  const judged = await act(connection, 'judge_password', question, {})
  if (judged.status !== 'applied') return judged
  const made = await loginFor(connection, invitation, password)
  switch (made.status) {
    case 'signed_in': return redeem(connection, token, signInName, made.login)
    case 'taken': return { status: 'refused', code: 'invitation_used', detail: null }
    case 'weak':
    case 'wait':
    case 'offline': return made
    case 'failed': return { status: 'failed' }
    default: return assertNever(made)
  }
}

export type PasswordReset = { status: 'applied', login: string | null } | Setback

/**
 * Sets a new password by a one-time link and signs in with it; `login` is null when only the sign-in did not work.
 * Refused as `readInvitation` is, and weak_password: `detail.why`.
 */
export async function resetPassword(connection: Connection, token: string, password: string): Promise<PasswordReset> {
  const question = { p_token: token, p_password: password }
  const answer = await act(connection, 'reset_password', question, { email: v.string() })
  if (answer.status !== 'applied') return answer
  const entry = await signInByEmail(connection, answer.email, password)
  return { status: 'applied', login: entry.status === 'signed_in' ? entry.login : null }
}
