const KEY = 'redwhistle-roster-places'
const MOST = 200
/** Which post (id) the words of a sheet for a place stand for; '' = it is left out. */
export type PlaceChoices = Record<string, string>

/** What coordinators have said on this device, by community. */
function kept(): Record<string, PlaceChoices> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof found === 'object' && found !== null ? found as Record<string, PlaceChoices> : {}
  }
  catch {
    return {}
  }
}

/** Which posts the places of a community's sheets were the last time on this device. */
export const recallPlaces = (community: string): PlaceChoices => kept()[community] ?? {}

/** Keeps it for the next sheet; the oldest are forgotten. */
export function keepPlaces(community: string, choices: PlaceChoices): void {
  const all = { ...kept()[community], ...choices }
  try {
    const newest = Object.fromEntries(Object.entries(all).slice(-MOST))
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [community]: newest }))
  }
  catch {
    // a full or closed storage: the next sheet is asked about again
  }
}
