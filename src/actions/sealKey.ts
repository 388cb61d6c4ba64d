import type { Connection } from '#gateway/supabase.ts'
import { act } from './answer.ts'

/** The 32 bytes with which this person's unsent intents are sealed on a phone; null when the server cannot be asked now. */
export async function sealKey(connection: Connection): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await act<{ status: 'applied', key: string }>(connection, 'seal_key', {})
  return answer.status === 'applied' ? Uint8Array.from(atob(answer.key.replace(/\s/g, '')), char => char.charCodeAt(0)) : null
}
