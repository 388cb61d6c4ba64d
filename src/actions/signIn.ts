import type { Connection } from '#gateway/supabase.ts'
import type { Wait } from './answer.ts'
import * as v from 'valibot'
import { signIn as ask } from '#gateway/auth.ts'
import { act } from './answer.ts'

/** wrong: the name or the password; wait: too many at once. `login` is the id of the login. */
export type SignInOutcome = { status: 'signed_in', login: string } | { status: 'wrong' | 'offline' | 'failed' } | Wait

/** Signs in by mobile number or account name; unknown names and wrong passwords answer alike. */
export async function signIn(connection: Connection, name: string, password: string): Promise<SignInOutcome> {
  const answer = await ask(connection, name, password)
  return answer.status === 'failed' ? { status: 'failed' } : answer
}

/** Base64 of 32 bytes. */
const KEY = v.pipe(v.string(), v.regex(/^[\w+/\s]+=\s*$/))

/** The 32 bytes that seal this person's unsent intents on a phone; null when the server cannot be asked now. */
export async function sealKey(connection: Connection): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await act(connection, 'seal_key', {}, { key: KEY })
  return answer.status === 'applied'
    ? Uint8Array.from(atob(answer.key.replace(/\s/g, '')), char => char.charCodeAt(0))
    : null
}
