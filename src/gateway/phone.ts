import type { SignInAnswer } from './auth.ts'
import type { Connection } from './supabase.ts'
import { mobileNumber } from '#domain/signInName.ts'
import { hindrance } from './auth.ts'
import { failureOf } from './errors.ts'
import { call } from './rpc.ts'
import { remember } from './session.ts'
import { actionAnswer } from './wire.ts'

/** Only where the installation can send SMS (`features.phone_otp`). */
export type CodeAnswer = { status: 'sent' | 'bad_phone' | 'offline' | 'failed' } | { status: 'wait', after_s: number }

/** A mainland mobile number as E.164; null when it is none. */
export function e164(phone: string): string | null {
  const number = mobileNumber(phone)
  return number && `+86${number}`
}

/** Asks for a code by SMS. */
export async function sendCode(connection: Connection, phone: string): Promise<CodeAnswer> {
  const number = e164(phone)
  if (!number) return { status: 'bad_phone' }
  const { error } = await connection.auth.signInWithOtp({ phone: number })
  if (!error) return { status: 'sent' }
  if (error.status === 429) return { status: 'wait', after_s: 60 }
  const failure = failureOf({ status: error.status ?? 0, code: error.code ?? null })
  return { status: failure.kind === 'retry' && failure.code === 'network' ? 'offline' : 'failed' }
}

/** Trades the code for a session and links it to the person registered with that number; unknown = nobody is. */
export async function signInByCode(
  connection: Connection, phone: string, token: string,
): Promise<SignInAnswer | { status: 'unknown' }> {
  const number = e164(phone)
  if (!number) return { status: 'wrong' }
  const { data, error } = await connection.auth.verifyOtp({ phone: number, token: token.trim(), type: 'sms' })
  if (error) {
    const why = hindrance(failureOf({ status: error.status ?? 0, code: error.code ?? null }))
    return why.status === 'failed' ? { status: 'wrong' } : why
  }
  if (!data.session) return { status: 'wrong' }
  const linked = await call(connection, 'link_phone', {}, actionAnswer({}))
  if (!linked.ok) return hindrance(linked.failure)
  if (linked.data.status === 'applied') return remember(data.session) ?? { status: 'wrong' }
  await connection.auth.signOut({ scope: 'local' })
  return { status: 'unknown' }
}
