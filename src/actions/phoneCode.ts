import type { CodeAnswer } from '#gateway/phone.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Wait } from './queued.ts'
import { sendCode as send, signInByCode as trade } from '#gateway/phone.ts'

export type CodeSignedIn = { status: 'signed_in', login: string } | {
  status: 'wrong' | 'offline' | 'failed' | 'unknown',
} | Wait

/** Sends a code by SMS; online only, and only where the installation has SMS. */
export async function sendCode(connection: Connection, phone: string): Promise<CodeAnswer> {
  return send(connection, phone)
}

/** Signs in with the code; unknown = the number belongs to nobody registered here. */
export async function signInByCode(connection: Connection, phone: string, code: string): Promise<CodeSignedIn> {
  const answer = await trade(connection, phone, code)
  return answer.status === 'failed' ? { status: 'failed' } : answer
}
