const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/**
 * A version 7 UUID: unique, and close in an index to others of the same time. Never used for order.
 * @param now ms since 1970
 * @param random at least 10 random bytes
 */
export function uuidv7(now: number, random: Uint8Array): string {
  const b = new Uint8Array(16)
  for (let i = 5, t = now; i >= 0; i--, t = Math.floor(t / 256)) b[i] = t % 256
  b.set(random.subarray(0, 10), 6)
  b[6] = 0x70 | (b[6]! & 0x0F)
  b[8] = 0x80 | (b[8]! & 0x3F)
  const h = Array.from(b, x => HEX[x]).join('')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}
