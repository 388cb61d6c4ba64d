/** Letters that are not mistaken for figures when they are read aloud or typed: no I, O, S, Z, B. */
const LETTERS = 'ACDEFGHJKLMNPQRTUVWXY'
const NUMBERS = 900

/**
 * A short code for each of some shifts, such as K275, for lists that people write by hand. It follows from the id
 * alone, so the same shift has the same code tomorrow; two that would share one take the next free.
 * @param ids of the shifts, each once
 */
export function shiftCodes(ids: readonly string[]): Map<string, string> {
  const all = LETTERS.length * NUMBERS
  const taken = new Set<number>()
  return new Map([...ids].sort().map((id) => {
    let n = [...id].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) % 4_294_967_291, 7) % all
    while (taken.has(n)) n = (n + 1) % all
    taken.add(n)
    return [id, `${LETTERS[n % LETTERS.length]}${100 + Math.floor(n / LETTERS.length)}`]
  }))
}
