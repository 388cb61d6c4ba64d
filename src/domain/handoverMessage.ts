import type { HandoverNote } from './rows.ts'
import { base45, crc32, fromBase45, packText, unpackText } from './packing.ts'
import { iso, ms } from './time.ts'

/**
 * What two phones tell each other at a post without a network (docs/adr/0011): ids, the note, the minute; no name, no
 * number, no key. give: I leave this assignment at this post. take: I take it over. here: I am this person, and I am
 * present; `code` = my six figures of the moment (standInCode.ts). `at` = ISO, whole seconds.
 */
export type HandoverMessage =
  | { kind: 'give', from: string, post: string, at: string, note: HandoverNote }
  | { kind: 'take', from: string, to: string, at: string }
  | { kind: 'here', responder: string, code: string, at: string }
/** One picture's share of a message. `of` pictures with the same `sum` make it whole. */
export interface Frame { sum: number, index: number, of: number, bytes: Uint8Array }

const PREFIX = 'RWH'
const KINDS = ['give', 'take', 'here'] as const
/** Bytes of one picture: with its frame a code of 69 × 69 modules at 15 % correction, clear on a phone's screen. */
const SHARE = 300
const FIELDS = ['done', 'todo', 'supplies', 'risks'] as const

const uuidBytes = (id: string): number[] => id.replaceAll('-', '').match(/../g)!.map(h => Number.parseInt(h, 16))
const u32 = (n: number): number[] => [n >>> 24, n >>> 16 & 0xFF, n >>> 8 & 0xFF, n & 0xFF]
const u24 = (n: number): number[] => [n >>> 16, n >>> 8 & 0xFF, n & 0xFF]
const readU32 = (b: Uint8Array, i: number): number => (b[i]! << 24 | b[i + 1]! << 16 | b[i + 2]! << 8 | b[i + 3]!) >>> 0
function uuidAt(b: Uint8Array, i: number): string {
  const hex = Array.from(b.subarray(i, i + 16), x => x.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
const codeAt = (b: Uint8Array, i: number): string => String(b[i]! << 16 | b[i + 1]! << 8 | b[i + 2]!).padStart(6, '0')

function bodyOf(m: HandoverMessage): number[] {
  const at = u32(Math.floor(ms(m.at) / 1000))
  switch (m.kind) {
    case 'here': return [...at, ...uuidBytes(m.responder), ...u24(Number(m.code))]
    case 'take': return [...at, ...uuidBytes(m.from), ...uuidBytes(m.to)]
    case 'give': return [...at, ...uuidBytes(m.from), ...uuidBytes(m.post), ...FIELDS.flatMap((f) => {
      const packed = packText(m.note[f].slice(0, 200))
      return [packed.length >> 8, packed.length & 0xFF, ...packed]
    })]
  }
}

/**
 * The texts of the codes to show, one after another; a note of ordinary length needs one. A field longer than 200
 * characters is cut.
 */
export function framesOf(message: HandoverMessage): string[] {
  const whole = Uint8Array.from([KINDS.indexOf(message.kind), ...bodyOf(message)])
  const sum = u32(crc32(whole))
  const of = Math.ceil(whole.length / SHARE)
  return Array.from({ length: of }, (_, i) => {
    const bytes = [...sum, i << 4 | of, ...whole.subarray(i * SHARE, (i + 1) * SHARE)]
    return PREFIX + base45(Uint8Array.from([...bytes, ...u32(crc32(Uint8Array.from(bytes)))]))
  })
}

/** One scanned text; null when it is no code of ours or was damaged on the way. */
export function readFrame(text: string): Frame | null {
  const bytes = text.startsWith(PREFIX) ? fromBase45(text.slice(PREFIX.length)) : null
  if (!bytes || bytes.length < 10 || crc32(bytes.subarray(0, -4)) !== readU32(bytes, bytes.length - 4)) return null
  const [index, of] = [bytes[4]! >> 4, bytes[4]! & 15]
  return index < of ? { sum: readU32(bytes, 0), index, of, bytes: bytes.subarray(5, -4) } : null
}

function noteAt(b: Uint8Array, from: number): HandoverNote | null {
  const note: Partial<HandoverNote> = {}
  let i = from
  for (const field of FIELDS) {
    const size = (b[i] ?? 0) << 8 | (b[i + 1] ?? 0)
    const text = unpackText(b.subarray(i + 2, i + 2 + size))
    if (text === null || i + 2 + size > b.length) return null
    note[field] = text
    i += 2 + size
  }
  return i === b.length ? note as HandoverNote : null
}

/**
 * Puts the shares of one message together, in any order; null while one is missing, or when they do not make the
 * message that they announce.
 */
export function joinFrames(frames: readonly Frame[]): HandoverMessage | null {
  const first = frames[0]
  if (!first) return null
  const same = frames.filter(f => f.sum === first.sum && f.of === first.of)
  const shares = Array.from({ length: first.of }, (_, i) => same.find(f => f.index === i)?.bytes)
  if (shares.includes(undefined)) return null
  const b = Uint8Array.from(shares.flatMap(s => [...s!]))
  const kind = KINDS[b[0]!]
  if (crc32(b) !== first.sum || kind === undefined || b.length < 21) return null
  const at = iso(readU32(b, 1) * 1000)
  if (kind === 'here') return b.length === 24 ? { kind, responder: uuidAt(b, 5), code: codeAt(b, 21), at } : null
  if (kind === 'take') return b.length === 37 ? { kind, from: uuidAt(b, 5), to: uuidAt(b, 21), at } : null
  const note = b.length >= 37 ? noteAt(b, 37) : null
  return note && { kind, from: uuidAt(b, 5), post: uuidAt(b, 21), at, note }
}
