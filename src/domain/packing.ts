/**
 * Short Chinese text in two bytes a character instead of UTF-8's three, ASCII in one. A lead byte says what follows:
 * 00–7F: the character itself; 80–D1: the block of CJK ideographs from U+4E00; D2, D3, D4: the punctuation at U+3000,
 * U+FF00, U+2000; FE: any other UTF-16 unit, in two bytes.
 */
const PAGES: Record<number, number> = { 0x30: 0xD2, 0xFF: 0xD3, 0x20: 0xD4 }
const PAGE_OF = new Map(Object.entries(PAGES).map(([page, lead]) => [lead, Number(page)]))
const OTHER = 0xFE

/** Packs a text, whatever is in it, unpaired surrogates too. */
export function packText(text: string): number[] {
  const out: number[] = []
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const page = unit >> 8
    if (unit < 0x80) out.push(unit)
    else if (page >= 0x4E && page <= 0x9F) out.push(0x80 + page - 0x4E, unit & 0xFF)
    else if (PAGES[page] !== undefined) out.push(PAGES[page], unit & 0xFF)
    else out.push(OTHER, page, unit & 0xFF)
  }
  return out
}

/** The text of packed bytes; null when they are none. */
export function unpackText(bytes: Uint8Array): string | null {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!
    const size = lead < 0x80 ? 0 : lead === OTHER ? 2 : 1
    if (i + size >= bytes.length) return null
    const page = lead <= 0xD1 ? lead - 0x80 + 0x4E : lead === OTHER ? bytes[i + 1]! : PAGE_OF.get(lead)
    if (page === undefined) return null
    text += String.fromCharCode(lead < 0x80 ? lead : page * 256 + bytes[i + size]!)
    i += size
  }
  return text
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320 ^ (c >>> 1) : c >>> 1
  return c
})

/** CRC-32 (ISO-HDLC, as in zip and PNG): finds every error that lies within 32 neighbouring bits. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xFFFFFFFF
  for (const b of bytes) c = TABLE[(c ^ b) & 0xFF]! ^ (c >>> 8)
  return ~c >>> 0
}

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
