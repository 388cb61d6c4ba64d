import type { SignUpAnswer } from '#gateway/auth.ts'
import type { ArgsOf } from '#gateway/functions.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import type { InvitationFacts } from './readInvitation.ts'
import * as v from 'valibot'
import { assertNever } from '#domain/codes.ts'
import { signInByEmail, signUp } from '#gateway/auth.ts'
import { act } from './answer.ts'

export type Redeemed = { status: 'applied', sign_in_name: string, login: string } | Setback | { status: 'weak' }

/** A try that broke off after the sign-up goes on with the same password. */
async function loginFor(connection: Connection, invitation: InvitationFacts, password: string): Promise<SignUpAnswer> {
  const made = await signUp(connection, invitation.email, password)
  if (made.status !== 'taken') return made
  const known = await signInByEmail(connection, invitation.email, password)
  return known.status === 'wrong' ? { status: 'taken' } : known
}

async function redeem(connection: Connection, token: string, name: string | null, login: string): Promise<Redeemed> {
  const question: ArgsOf<'redeem_invitation'> = { p_token: token, p_sign_in_name: name }
  const answer = await act(connection, 'redeem_invitation', question, { sign_in_name: v.string() })
  return answer.status === 'applied' ? { ...answer, login } : answer
}

/**
 * One guided step: has the password judged, makes the login behind the link, signs in and takes the link's rights.
 * @param signInName only for setup and role links; others sign in by mobile number
 */
export async function redeemInvitation(
  connection: Connection,
  token: string,
  invitation: InvitationFacts,
  password: string,
  signInName: string | null,
): Promise<Redeemed> {
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
