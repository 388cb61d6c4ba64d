/** The code at a door as a person may type it, or as the link in its QR holds it: 10 characters Crockford base32; null when it is none. */
export function doorCodeOf(text: string): string | null {
  const path = /\/b\/([^/?#]+)/i.exec(text)?.[1] ?? text
  const plain = path.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(plain) ? plain : null
}

/** What is hashed to tell whether a code is the door of an assignment: the first 8 hex digits of its SHA-256 stand on the card as `door_hash`. */
export function doorProof(assignmentId: string, code: string): string {
  return `${assignmentId}:${code}`
}
