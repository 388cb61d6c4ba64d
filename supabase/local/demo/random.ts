/** A stream of numbers that is the same for the same seed (mulberry32). */
export interface Random {
  /** 0 ≤ n < 1 */
  next: () => number
  /** 0 ≤ n < limit, whole */
  int: (limit: number) => number
  pick: <T>(list: readonly [T, ...T[]]) => T
  chance: (p: number) => boolean
  bytes: (n: number) => Uint8Array
}

/** The stream of a seed (any whole number). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6D2B79F5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    int,
    pick: list => list[int(list.length)] ?? list[0],
    chance: p => next() < p,
    bytes: n => Uint8Array.from({ length: n }, () => int(256)),
  }
}
