import type { Db } from '../database/db.ts'

/** What the sign-in screen and the terminal show about a demo database. */
export interface DemoReport {
  sign_ins: { label: string, name: string, password: string }[]
  /** Door code of one building of the demo, for `/b/<code>`. */
  resident_code: string
  /** The code on the wall of its 党群服务中心, for `/report?code=<code>`. */
  wall_code: string
}

/** What the demo generator works with. */
export interface DemoTools {
  db: Db
  baseUrl: string
  /** Signs up as anybody would; answers the id of the login. */
  signUp: (email: string, password: string) => Promise<string>
  /** A random password that is easy to type. */
  newPassword: () => string
  now: Date
}

/** A stream of random numbers; the same seed gives the same stream. */
export interface Random {
  /** 0 ≤ n < 1 */
  next: () => number
  /** 0 ≤ n < limit, whole */
  int: (limit: number) => number
  pick: <T>(list: readonly [T, ...T[]]) => T
  /** True with probability p, 0 to 1. */
  chance: (p: number) => boolean
  bytes: (n: number) => Uint8Array
}

/** The stream of a seed, any whole number (mulberry32). */
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
