/** What a search looks at. `pinyin` is spaced or not, `initials` as stored; `tail` the last figures of a number. */
export interface Named { name: string, pinyin: string, initials: string, tail: string | null }

/** Text as it is compared: full-width forms folded, small letters, without blanks and dots. */
export function plainName(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s'’·-]/g, '')
}

/**
 * How well a name fits what was typed, higher is better; 0 = not at all. Characters of the name, then initials and the
 * beginning of the pinyin, then any part of them. Figures fit the tail of a number (4), or stand in a name, as in 6栋.
 * What nobody typed fits everything alike.
 */
export function nameMatch(of: Named, query: string): number {
  const q = plainName(query)
  if (!q) return 1
  const name = plainName(of.name)
  if (name === q) return 9
  if (name.startsWith(q)) return 8
  if (/^\d+$/.test(q)) return of.tail?.startsWith(q) || of.tail?.endsWith(q) ? 4 : name.includes(q) ? 3 : 0
  if (name.includes(q)) return 7
  const initials = plainName(of.initials)
  if (initials !== '' && initials === q) return 6
  if (initials.startsWith(q)) return 5
  const pinyin = plainName(of.pinyin)
  if (pinyin.startsWith(q)) return 4
  return pinyin.includes(q) || initials.includes(q) ? 2 : 0
}
