import type { AppDb } from '#db/db.ts'

/**
 * Whom this phone shows on the drafts of a roster, as a text that the server can compare with what it has: SHA-256 of
 * sorted `shift person` lines, in the letters a to p, because figures could be taken for a phone number. SQL:
 * `private.seen_people`.
 */
export async function seenPeople(db: AppDb, roster_id: string): Promise<string> {
  const drafts = await db.rows('shift').filter(s => s.roster_id === roster_id && s.state === 'draft').primaryKeys()
  const lines = await db.rows('draft_assignment').where('shift_id').anyOf(drafts).toArray()
  const text = lines.map(l => `${l.shift_id} ${l.responder_id}`).sort().join()
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const letter = (half: number): string => String.fromCharCode(97 + half)
  return [...new Uint8Array(hash)].map(byte => letter(byte >> 4) + letter(byte & 15)).join('')
}
