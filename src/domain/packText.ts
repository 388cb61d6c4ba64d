/**
 * Short Chinese text in two bytes a character instead of UTF-8's three, ASCII in one. A lead byte says what follows:
 * 00–7F itself; 80–D1 the block of CJK ideographs from U+4E00; D2, D3, D4 the punctuation at U+3000, U+FF00, U+2000; FE any other UTF-16 unit in two.
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
