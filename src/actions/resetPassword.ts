import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { signInByEmail } from '#gateway/auth.ts'
import { act } from './answer.ts'

export type PasswordReset = { status: 'applied', login: string | null } | Setback

/** Sets a new password by a one-time link and signs in with it; `login` is null when only the sign-in did not work. */
export async function resetPassword(connection: Connection, token: string, password: string): Promise<PasswordReset> {
  const question = { p_token: token, p_password: password }
  const answer = await act(connection, 'reset_password', question, { email: v.string() })
  if (answer.status !== 'applied') return answer
  const signedIn = await signInByEmail(connection, answer.email, password)
  return { status: 'applied', login: signedIn.status === 'signed_in' ? signedIn.login : null }
}
