import type { Failure } from './errors.ts'
import type { AuthEvent } from './gateway.ts'
import type { Connection } from './supabase.ts'
import { serverNow } from '#clock/clock.ts'
import { signInName } from '#domain/signInName.ts'
import { failureOf, secondsOf } from './errors.ts'
import { call } from './rpc.ts'
import { forgetOwner, remember, TOKEN_KEY } from './session.ts'
import { FOUND } from './wire.ts'

/**
 * Why nothing came of it, besides what the person can mend. wait: too many at once; `after_s` = how long the server
 * asks to wait, in seconds, null = it did not say.
 */
export type Hindrance =
  | { status: 'offline' }
  | { status: 'wait', after_s: number | null }
  | { status: 'failed', failure: Failure }
export type SignInAnswer = { status: 'signed_in', login: string } | { status: 'wrong' } | Hindrance
/** taken: the address behind the invitation has a login already; weak: the password is too easy. */
export type SignUpAnswer = { status: 'signed_in', login: string } | { status: 'taken' } | { status: 'weak' } | Hindrance

interface AuthProblem { status?: number | undefined, code?: string | undefined }

/** What a failure means for somebody who wants to sign in. */
export function hindrance(failure: Failure): Hindrance {
  if (failure.kind !== 'retry') return { status: 'failed', failure }
  if (failure.code === 'busy') return { status: 'wait', after_s: failure.after_s }
  return failure.code === 'network' ? { status: 'offline' } : { status: 'failed', failure }
}

/** Asks the sign-in service, and hears how long it wants to be left alone. */
async function ask<T extends { error: AuthProblem | null }>(
  connection: Connection, work: () => Promise<T>,
): Promise<T & { why: () => Hindrance }> {
  let after_s: number | null = null
  connection.onAnswer('sign_in', (answer) => { after_s = secondsOf(answer.headers.get('Retry-After'), serverNow()) })
  const answer = await work()
  const { status = 0, code = null } = answer.error ?? {}
  return { ...answer, why: () => hindrance(failureOf({ status, code, after_s })) }
}

/** The codes by which GoTrue says that the address or the password is wrong. */
const WRONG = new Set([
  'invalid_credentials', 'invalid_grant', 'user_not_found', 'email_not_confirmed', 'validation_failed',
])

/** Signs in by the hidden address itself, as an invitation or a reset gives it. */
export async function signInByEmail(connection: Connection, email: string, password: string): Promise<SignInAnswer> {
  const { data, error, why } = await ask(connection, () => connection.auth.signInWithPassword({ email, password }))
  if (!error) return remember(data.session) ?? { status: 'wrong' }
  return WRONG.has(error.code ?? '') || error.status === 400 ? { status: 'wrong' } : why()
}

/**
 * The names one name may stand for. Communities that list the same number each invite it, so up to three logins share
 * it (SQL private.free_name).
 */
function namesOf(typed: string): string[] {
  const name = signInName(typed)
  return /^\d{7,15}$/.test(name) ? [name, `${name}.2`, `${name}.3`] : [name]
}

async function signInAs(connection: Connection, name: string, password: string): Promise<SignInAnswer> {
  const found = await call(connection, 'sign_in_name', { p_name: name }, FOUND)
  if (!found.ok) return hindrance(found.failure)
  if ('email' in found.data) return signInByEmail(connection, found.data.email, password)
  const { code, detail } = found.data
  const wait = detail?.retry_after_s
  return code === 'too_many_tries'
    ? { status: 'wait', after_s: typeof wait === 'number' ? wait : null }
    : { status: 'wrong' }
}

/**
 * Signs in by mobile number or account name: looks the hidden address up, then asks for a session. Unknown names and
 * wrong passwords answer alike.
 */
export async function signIn(connection: Connection, name: string, password: string): Promise<SignInAnswer> {
  let answer: SignInAnswer = { status: 'wrong' }
  for (const one of namesOf(name)) {
    const said = await signInAs(connection, one, password)
    if (said.status !== 'wrong' && said.status !== 'wait') return said
    // another login of this number may have to wait because of somebody else
    if (answer.status !== 'wait') answer = said
  }
  return answer
}

/** Makes the login behind an invitation; the caller then redeems the token. */
export async function signUp(connection: Connection, email: string, password: string): Promise<SignUpAnswer> {
  const { data, error, why } = await ask(connection, () => connection.auth.signUp({ email, password }))
  if (!error) return remember(data.session) ?? { status: 'taken' }
  if (error.code === 'weak_password') return { status: 'weak' }
  return error.code === 'user_already_exists' || error.code === 'email_exists' ? { status: 'taken' } : why()
}

/**
 * Forgets the tokens on this phone at once, and tells the server when it can be reached. The caller keeps or deletes
 * the person's data.
 */
export async function signOut(connection: Connection): Promise<void> {
  forgetOwner()
  await connection.renewal.hurry(() => connection.auth.signOut({ scope: 'local' })).catch(() => {})
  localStorage.removeItem(TOKEN_KEY)
}

/** Calls `hear` at a sign-in, a refresh and a sign-out, in whichever tab. What it returns stops that. */
export function onAuth(connection: Connection, hear: (event: AuthEvent) => void): () => void {
  const { data } = connection.auth.onAuthStateChange((event) => {
    if (event === 'SIGNED_IN') hear('signed_in')
    if (event === 'TOKEN_REFRESHED') hear('refreshed')
    if (event === 'SIGNED_OUT') hear('signed_out')
  })
  return () => data.subscription.unsubscribe()
}
