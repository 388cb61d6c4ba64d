const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** Base45 (RFC 9285): bytes as the characters a QR code packs tightest, two bytes in three. */
export function base45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length
    let n = pair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!
    for (let k = pair ? 3 : 2; k > 0; k--) {
      text += ALPHABET[n % 45]
      n = Math.floor(n / 45)
    }
  }
  return text
}

/** The bytes of a base45 text; null when it is none. */
export function fromBase45(text: string): Uint8Array | null {
  const digits = [...text].map(c => ALPHABET.indexOf(c))
  if (digits.includes(-1) || digits.length % 3 === 1) return null
  const bytes: number[] = []
  for (let i = 0; i < digits.length; i += 3) {
    const pair = i + 2 < digits.length
    const n = digits[i]! + digits[i + 1]! * 45 + (pair ? digits[i + 2]! * 2025 : 0)
    if (n > (pair ? 0xFFFF : 0xFF)) return null
    if (pair) bytes.push(n >> 8)
    bytes.push(n & 0xFF)
  }
  return Uint8Array.from(bytes)
}
