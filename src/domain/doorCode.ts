/**
 * A code as people write it, folded: no spaces and dashes, capitals, O as 0, I and L as 1, full-width forms as plain
 * ones. SQL: `private.normal_code`.
 */
export function normalCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}

/**
 * The code at a door, as a person types it or as the link in its QR holds it: 10 characters of Crockford's base32;
 * null when it is none.
 */
export function doorCodeOf(text: string): string | null {
  const plain = normalCode(/\/b\/([^/?#]+)/i.exec(text)?.[1] ?? text)
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(plain) ? plain : null
}

/**
 * The text whose hash tells whether a code is the door of an assignment: the first 8 hex digits of its SHA-256 stand on
 * the card as `door_hash`.
 */
export function doorProof(assignmentId: string, code: string): string {
  return `${assignmentId}:${code}`
}
