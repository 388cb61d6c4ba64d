import type { Wish } from '#domain/personTimes.ts'
import type { WishTurns } from '#domain/words.ts'
import type { Kinds } from './kinds.ts'
import type { Served } from './served.ts'
import type { Past } from './shares.ts'
import { beyondLeast } from './shares.ts'

/** What a person asks of the roster (值班意愿); null = nothing in particular. */
export type Wished = Pick<Wish, 'turns' | 'nights'> | null

/** The part of an equal share that somebody wishes for. */
const PARTS: Record<WishTurns, number> = { fewer: 0.5, as_usual: 1, more: 1.5 }
/** What a night costs beside its place for somebody who would rather have none: more than it costs to even them out. */
const NIGHT = 4000

/**
 * What each person brings into a roster: the past beyond the least, against the share that they wish for. Half a share
 * served counts like everybody else's whole, or a wish would be made up for in the weeks after.
 */
export function pastOf(servers: readonly { served: Served, wish: Wished }[]): Past[] {
  const parts = servers.map(({ wish }) => PARTS[wish?.turns ?? 'as_usual'])
  const against = servers.map(({ served: { hours, nights, weekends, holidays, since } }, i) => {
    const part = parts[i]!
    return { hours: hours / part, nights: nights / part, weekends: weekends / part, holidays: holidays / part, since }
  })
  return beyondLeast(against).map((past, i) => ({ ...past, part: parts[i]! }))
}

/** What turns cost beside their places, by day × duty: nothing, and nights for somebody who would rather have none. */
export function wishCosts(kinds: Kinds, days: number): (wish: Wished) => Float64Array {
  const none = new Float64Array(days * kinds.all.length)
  const nights = none.map((_, i) => kinds.all[i % kinds.all.length]!.night ? NIGHT : 0)
  return wish => wish?.nights === 'no' ? nights : none
}
