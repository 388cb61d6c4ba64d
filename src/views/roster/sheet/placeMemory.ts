import { stripNumbers } from '#domain/stripNumbers.ts'
import { keepOwn, recallOwn } from '../../shell/ownMemory.ts'

const WHAT = 'roster-places'
const MOST = 200
/** Which post (id) the words of a sheet for a place stand for; '' = it is left out. */
export type PlaceChoices = Record<string, string>

/** What this person has said on this phone, by community. */
function kept(login: string | null): Record<string, PlaceChoices> {
  const found = recallOwn(login, WHAT)
  return typeof found === 'object' && found !== null ? found as Record<string, PlaceChoices> : {}
}

/** Which posts these places of a community's sheet were, the last time this person brought one in on this phone. */
export function recallPlaces(login: string | null, community: string, places: readonly string[]): PlaceChoices {
  const known = kept(login)[community] ?? {}
  // a place may hold somebody's number, and no number is kept
  return Object.fromEntries(places.flatMap((where) => {
    const post = known[stripNumbers(where)]
    return post === undefined ? [] : [[where, post]]
  }))
}

/** Keeps it for the next sheet; the oldest are forgotten. */
export function keepPlaces(login: string | null, community: string, choices: PlaceChoices): void {
  const all = kept(login)
  const mine = { ...all[community] }
  for (const [where, post] of Object.entries(choices)) mine[stripNumbers(where)] = post
  keepOwn(login, WHAT, { ...all, [community]: Object.fromEntries(Object.entries(mine).slice(-MOST)) })
}
