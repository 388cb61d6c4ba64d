import type { Connection } from '#gateway/supabase.ts'
import type { Wait } from './queued.ts'
import { signIn as ask } from '#gateway/auth.ts'

export type SignedIn = { status: 'signed_in', login: string } | { status: 'wrong' | 'offline' | 'failed' } | Wait

/** Signs in by mobile number or account name; unknown names and wrong passwords answer alike. */
export async function signIn(connection: Connection, name: string, password: string): Promise<SignedIn> {
  const answer = await ask(connection, name, password)
  return answer.status === 'failed' ? { status: 'failed' } : answer
}
