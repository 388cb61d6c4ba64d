import type { Served } from './served.ts'

/**
 * What an empty place costs. All shares of one more turn and the wish against it together cost less, so that a place is
 * never left empty for them. Places by night come first.
 */
export const PLACE = { day: 60_000, night: 72_000 }
/** What a turn costs that a partner unit still owes: more than evening out and wishes do, less than a place. */
const OWED = 12_000
/** What a turn of each kind weighs against an hour. */
const WEIGHT = { hours: 1, nights: 60, weekends: 60, holidays: 80 }
/** Nobody is charged for more than this of the past: they would have no duty for weeks, and newcomers all of it. */
const PAST = { hours: 24, nights: 4, weekends: 4, holidays: 2 }
/** Points for each day sooner than this that somebody serves again. */
const [RESTED, SOONER] = [14, 5]

export type Share = keyof typeof WEIGHT
const SHARES: readonly Share[] = ['hours', 'nights', 'weekends', 'holidays']
/** What somebody has already of each share, and the `part` of an equal share that they are to have. */
export type Past = Record<Share, number> & { part: number }

/** What everybody served beyond those who served least, within `PAST`: what a roster can still even out. */
export function beyondLeast(served: readonly Served[]): Record<Share, number>[] {
  const least = (share: Share): number => Math.min(...served.map(s => s[share]))
  const base = Object.fromEntries(SHARES.map(share => [share, least(share)])) as Record<Share, number>
  return served.map(s => Object.fromEntries(
    SHARES.map(share => [share, Math.min(PAST[share], Math.round(s[share] - base[share]))]),
  ) as Record<Share, number>)
}

/**
 * What n more cost somebody who has `past` already: the square of the sum. Of equal sums the most even has the least of
 * squares. For somebody who is to have a `part` of an equal share, or more than one, it is least where they have that;
 * their past counts by the share as well.
 */
const squareCost = (share: Share, past: Past, n: number): number =>
  Math.round(WEIGHT[share] * (2 * past[share] * n + n ** 2 / past.part))

/** What 0 to `most` turns cost somebody. */
export function turnCosts(share: Share, past: Past, most: number): Float64Array {
  return Float64Array.from({ length: most + 1 }, (_, n) => squareCost(share, past, n))
}

/**
 * What the hours of a roster cost, by multiples of `unit` minutes, up to `most` minutes. Who served lately pays for the
 * first turn: least recently on duty first (R20).
 */
export function hourCosts(past: Past, since: number | null, unit: number, most: number): Float64Array {
  const again = since === null ? 0 : SOONER * Math.max(0, RESTED - since)
  return Float64Array.from({ length: Math.floor(most / unit) + 1 }, (_, k) => {
    const hours = k * unit / 60
    return k === 0 ? 0 : squareCost('hours', past, hours) + again
  })
}

/** The same costs, and besides what minutes are lacking of the `owed` ones; `turn` = minutes of a turn. */
export function withOwed(cost: Float64Array, unit: number, owed: number, turn: number): Float64Array {
  return cost.map((c, k) => c + Math.round(OWED * Math.max(0, owed - k * unit) / turn))
}

/**
 * How evenly hours lie, from 0 to 100 (Jain, Chiu, Hawe 1984): 100 = everybody has as many, 100/n = one of n has all.
 * Null = nobody has any.
 */
export function evenness(hours: readonly number[]): number | null {
  const sum = hours.reduce((a, b) => a + b, 0)
  const squares = hours.reduce((a, b) => a + b * b, 0)
  return squares === 0 ? null : Math.round(100 * sum * sum / (hours.length * squares))
}
