const utf8 = new TextEncoder()

/** HMAC-SHA256 by web-standard crypto. */
export async function hmac(key: string | Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof key === 'string' ? utf8.encode(key) : key
  // WebCrypto refuses an empty key; a block of zeros is the same key (RFC 2104 §2).
  const imported = await crypto.subtle.importKey(
    'raw',
    bytes.length === 0 ? new Uint8Array(64) : bytes,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8.encode(text)))
}

/** SHA-256 in lower-case hex. */
export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text))))
}

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')
}

/** Base64 with padding. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** Are two secrets equal? Takes the same time wherever they differ. */
export async function sameSecret(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all([sha256(a), sha256(b)])
  let differ = 0
  for (let i = 0; i < x.length; i++) differ |= x.charCodeAt(i) ^ y.charCodeAt(i)
  return differ === 0
}

/** Cuts a text to at most `bytes` UTF-8 bytes without breaking a character. */
export function clip(text: string, bytes: number): string {
  const whole = utf8.encode(text)
  if (whole.length <= bytes) return text
  return new TextDecoder().decode(whole.subarray(0, bytes - 3), { stream: true }).concat('…')
}
