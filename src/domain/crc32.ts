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
