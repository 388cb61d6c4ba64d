import type { Served } from './served.ts'

/**
 * What an empty place costs. All shares of one more turn together cost less, so that a place is never left empty to
 * keep turns even. Places by night come first.
 */
export const PLACE = { day: 10_000, night: 12_000 }
/** What a turn of each kind weighs against an hour. */
export const WEIGHT = { hours: 1, nights: 60, weekends: 60, holidays: 80 }
/** Nobody is charged for more than this of the past: they would have no duty for weeks, and newcomers all of it. */
export const PAST = { hours: 24, nights: 4, weekends: 4, holidays: 2 }
/** Points for each day sooner than this that somebody serves again. */
const [RESTED, SOONER] = [14, 5]

export type Share = keyof typeof WEIGHT
export const SHARES: readonly Share[] = ['hours', 'nights', 'weekends', 'holidays']

/** What everybody served beyond those who served least, within `PAST`: what a roster can still even out. */
export function beyondLeast(served: readonly Served[]): Record<Share, number>[] {
  const least = (share: Share): number => Math.min(...served.map(s => s[share]))
  const base = Object.fromEntries(SHARES.map(share => [share, least(share)])) as Record<Share, number>
  return served.map(s => Object.fromEntries(
    SHARES.map(share => [share, Math.min(PAST[share], Math.round(s[share] - base[share]))]),
  ) as Record<Share, number>)
}

/**
 * What 0 to `most` turns cost somebody who has `past` already: the square of the sum. Of equal sums the most even has
 * the least of squares.
 */
export function turnCosts(share: Share, past: number, most: number): Float64Array {
  return Float64Array.from({ length: most + 1 }, (_, n) => WEIGHT[share] * ((past + n) ** 2 - past ** 2))
}

/**
 * What the hours of a roster cost, by multiples of `unit` minutes, up to `most` minutes. Who served lately pays for the
 * first turn: least recently on duty first (R20).
 */
export function hourCosts(past: number, since: number | null, unit: number, most: number): Float64Array {
  const again = since === null ? 0 : SOONER * Math.max(0, RESTED - since)
  return Float64Array.from({ length: Math.floor(most / unit) + 1 }, (_, k) => {
    const hours = k * unit / 60
    return k === 0 ? 0 : Math.round(WEIGHT.hours * ((past + hours) ** 2 - past ** 2)) + again
  })
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
