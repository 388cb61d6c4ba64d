import type { ReportPlace } from '#actions/reports.ts'
import { keptPlace } from '#actions/reports.ts'

/**
 * What a code opened last on this phone, so that somebody can report in where there is no network. It is what the doors
 * tell everybody, and nothing of anybody.
 */
const keyOf = (code: string): string => `redwhistle-report-place-${code}`

/** The place behind a code as this phone saw it last; null = never. */
export function recallPlace(code: string): ReportPlace | null {
  try {
    return keptPlace(JSON.parse(localStorage.getItem(keyOf(code)) ?? 'null'))
  }
  catch {
    return null
  }
}

/** Keeps what a code opens; one that opens nothing any more is forgotten. */
export function keepPlace(code: string, place: ReportPlace): void {
  try {
    if (place.found) localStorage.setItem(keyOf(code), JSON.stringify(place))
    else localStorage.removeItem(keyOf(code))
  }
  catch {
    // private windows refuse storage; without it the building is typed
  }
}
