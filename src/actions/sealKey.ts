import type { Connection } from '#gateway/supabase.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

/** Base64 of 32 bytes. */
const KEY = v.pipe(v.string(), v.regex(/^[\w+/\s]+=\s*$/))

/** The 32 bytes with which this person's unsent intents are sealed on a phone; null when the server cannot be asked now. */
export async function sealKey(connection: Connection): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await act(connection, 'seal_key', {}, { key: KEY })
  return answer.status === 'applied'
    ? Uint8Array.from(atob(answer.key.replace(/\s/g, '')), char => char.charCodeAt(0))
    : null
}
